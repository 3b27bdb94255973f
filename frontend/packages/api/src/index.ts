export * from "./types";
export * from "./vocabulary";
export * from "./errors";
export * from "./client";
export * from "./frames";
export * from "./live";
