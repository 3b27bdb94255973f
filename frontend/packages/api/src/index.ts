export * from "./types";
export * from "./vocabulary";
export * from "./errors";
export * from "./session";
export * from "./client";
export * from "./accessClient";
export * from "./frames";
export * from "./live";
