export { CAPABILITIES, type Capability } from './capabilities';
export {
  APPLY_TEMPLATE,
  BOOTSTRAP_TEMPLATE,
  ENGINES,
  type Engine,
  SETUP_FILES,
  TEMPLATE_FILES,
} from './engines';
export { forwarderFile, forwarderText } from './files';
export { SESSION_KIB, SIZING, sessionsWithOneTarget } from './sizing';
