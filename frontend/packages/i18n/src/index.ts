export * from "./languages";
export * from "./resources";
export * from "./setup";
export { formatClock } from "./dates";
export * from "./format";
export * from "./hooks";
