import { access } from "./access";
import { codes } from "./codes";
import { console } from "./console";
import { events } from "./events";
import { terms } from "./terms";
import { work } from "./work";

/** All of it is one tree, so that a key is written without a namespace; what the admins' pages say comes with them. */
export const translation = { ...terms, ...codes, ...console, ...events, ...access, ...work };
