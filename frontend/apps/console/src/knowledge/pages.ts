export { DocumentPane } from "./DocumentPane";
export { KnowledgePage } from "./KnowledgePage";
