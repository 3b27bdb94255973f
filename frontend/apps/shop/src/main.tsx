import { render } from "preact";
import { Shop } from "./Shop";
import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/demoBar.css";
import "./styles/hero.css";
import "./styles/catalogue.css";
import "./styles/sections.css";

const root = document.getElementById("app");
if (root) render(<Shop />, root);
