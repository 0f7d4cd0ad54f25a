export { CAPABILITIES, type Capability, type CapabilityWords } from './capabilities';
export {
  APPLY_TEMPLATE,
  BOOTSTRAP_TEMPLATE,
  ENGINES,
  type Engine,
  type EngineTraits,
  type ForwarderFile,
  TEMPLATE_FILES,
} from './engines';
export { forwarderFile } from './files';
