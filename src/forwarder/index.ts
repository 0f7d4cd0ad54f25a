export { CAPABILITY_NAMES, ENGINE_NAMES, enginesWith, enginesWithRoute, lackedBy } from './abilities';
export { CAPABILITIES, type Capability } from './capabilities';
export {
  ADDRESSES_PER_NAME,
  APPLY_TEMPLATE,
  BOOTSTRAP_TEMPLATE,
  ENGINES,
  type Engine,
  SETUP_FILES,
  TEMPLATE_FILES,
} from './engines';
export { forwarderFile, forwarderText } from './files';
export { FORWARDER_PORTS, OTHER_FORWARDER_PORTS, reservedPorts } from './ports';
export { SIZING, sessionKib, sessionsWithOneTarget } from './sizing';
