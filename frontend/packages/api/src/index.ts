export * from "./types";
export * from "./classifiers";
export * from "./errors";
export * from "./client";
export * from "./frames";
export * from "./live";
