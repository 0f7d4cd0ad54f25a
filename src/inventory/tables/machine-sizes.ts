/** The table stands with the other numbers of clouds, where the planner reads it as well. */
export { type MachineSize, machineSize, sizesWith } from '../../limits';
