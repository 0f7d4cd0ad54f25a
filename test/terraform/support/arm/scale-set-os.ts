import { type JsonObject, object, objects, text } from './json';
import { demand } from './refusal';

/** Names that no administrator may have. */
const RESERVED: readonly string[] = [
  ...['1', '123', 'a', 'actuser', 'adm', 'admin', 'admin1', 'admin2', 'administrator', 'aspnet', 'backup', 'console'],
  ...['david', 'guest', 'john', 'owner', 'root', 'server', 'sql', 'support', 'support_388945a0', 'sys', 'test'],
  ...['test1', 'test2', 'test3', 'user', 'user1', 'user2', 'user3', 'user4', 'user5', 'video'],
];

/** Base64 of 65535 bytes. */
const MOST_CUSTOM_DATA = 87380;

function settleLogin(os: JsonObject): void {
  const user = text(os.adminUsername);
  demand(
    !RESERVED.includes(user.toLowerCase()),
    'InvalidParameter',
    `The Admin Username specified is not allowed: ${user}.`,
  );
  demand(/^[a-z_][a-z0-9_.-]{0,63}$/i.test(user), 'InvalidParameter', `The Admin Username '${user}' is not valid.`);
  const linux = object(os.linuxConfiguration);
  const keys = objects(object(linux.ssh).publicKeys);
  demand(
    keys.length > 0 || linux.disablePasswordAuthentication !== true,
    'InvalidParameter',
    'Authentication using either SSH or by user name and password must be enabled in Linux profile.',
  );
  for (const { path, keyData } of keys) {
    const home = `/home/${user}/.ssh/authorized_keys`;
    demand(
      path === home,
      'InvalidParameter',
      `Destination path for SSH public keys is currently limited to its default value ${home}.`,
    );
    demand(
      /^ssh-(rsa|ed25519) [A-Za-z0-9+/]+=*( |$)/.test(text(keyData)),
      'InvalidParameter',
      'The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.',
    );
  }
  linux.provisionVMAgent ??= true;
  linux.enableVMAgentPlatformUpdates ??= false;
}

/**
 * Completes and judges the operating system's part; what is only written is taken out of it. Returns the bootstrap data
 * where it was given, base64.
 */
export function settleOs(os: JsonObject, exists: boolean): string | undefined {
  const given = os.customData === undefined || os.customData === null ? undefined : text(os.customData);
  delete os.customData;
  delete os.adminPassword;
  demand(
    given === undefined || (given.length <= MOST_CUSTOM_DATA && /^[A-Za-z0-9+/]*={0,2}$/.test(given)),
    'InvalidParameter',
    `Custom data in OSProfile must be in Base64 encoding and with a maximum length of ${MOST_CUSTOM_DATA} characters.`,
  );
  const prefix = text(os.computerNamePrefix);
  demand(
    /^[A-Za-z0-9-]{1,58}$/.test(prefix) && !/^\d+$/.test(prefix),
    'InvalidParameter',
    `The computer name prefix '${prefix}' must be 1 to 58 letters, digits and hyphens, and not digits only.`,
  );
  if (!exists) {
    settleLogin(os);
    os.secrets ??= [];
    os.allowExtensionOperations ??= true;
    os.requireGuestProvisionSignal ??= true;
  }
  return given;
}
