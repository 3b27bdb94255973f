export * from "./languages";
export * from "./resources";
export * from "./setup";
export * from "./format";
export * from "./hooks";
