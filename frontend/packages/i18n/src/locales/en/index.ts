import { access } from "./access";
import { admin } from "./admin";
import { codes } from "./codes";
import { console } from "./console";
import { terms } from "./terms";
import { work } from "./work";

/** All of it is one tree, so that a key is written without a namespace. */
export const translation = { ...terms, ...codes, ...console, ...access, ...admin, ...work };
