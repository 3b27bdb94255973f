/** The launcher's own styles, inside its shadow root: nothing of the host's comes in, nothing goes out. */
export const STYLES = `
:host { all: initial; }
* { box-sizing: border-box; }
.root { position: fixed; z-index: 2147483000; bottom: max(20px, env(safe-area-inset-bottom)); right: 20px; }
.root.left { right: auto; left: 20px; }
button {
  all: unset; box-sizing: border-box; position: relative; display: grid; place-items: center;
  width: 56px; height: 56px; border-radius: 50%; cursor: pointer; color: var(--ink); background: var(--paint);
  box-shadow: 0 0 0 1px rgb(255 255 255 / 18%), 0 1px 2px rgb(0 0 0 / 16%), 0 8px 24px rgb(0 0 0 / 20%);
  transition: transform 160ms cubic-bezier(.2,0,0,1), box-shadow 160ms cubic-bezier(.2,0,0,1);
}
button:hover { transform: translateY(-2px); box-shadow: 0 0 0 1px rgb(255 255 255 / 18%), 0 2px 4px rgb(0 0 0 / 16%), 0 12px 28px rgb(0 0 0 / 24%); }
button:focus-visible { outline: 2px solid var(--paint); outline-offset: 3px; }
svg { grid-area: 1 / 1; transition: opacity 160ms, transform 160ms cubic-bezier(.2,0,0,1); }
.shut { opacity: 0; transform: rotate(-45deg) scale(.7); }
.root.open .shut { opacity: 1; transform: none; }
.root.open .talk { opacity: 0; transform: rotate(45deg) scale(.7); }
.badge {
  position: absolute; top: -3px; right: -3px; min-width: 20px; height: 20px; padding: 0; border-radius: 10px;
  background: #b8410f; color: #fff; border: 2px solid #fff; box-sizing: content-box;
  font: 600 12px/20px system-ui, -apple-system, "Segoe UI", sans-serif; text-align: center;
}
.badge[hidden] { display: none; }
.panel {
  position: fixed; bottom: calc(max(20px, env(safe-area-inset-bottom)) + 68px); right: 20px; width: 380px; height: 620px;
  max-height: calc(100dvh - 108px); max-width: calc(100vw - 40px); overflow: hidden; border-radius: 12px;
  background: #fff; border: 1px solid rgb(11 13 14 / 8%); box-shadow: 0 4px 12px rgb(11 13 14 / 8%), 0 24px 64px rgb(11 13 14 / 22%);
  visibility: hidden; opacity: 0; transform: translateY(8px) scale(.985); transform-origin: 100% 100%;
  transition: opacity 160ms cubic-bezier(.2,0,0,1), transform 160ms cubic-bezier(.2,0,0,1), visibility 0s 160ms;
}
.dark .panel { background: #000; border-color: rgb(255 255 255 / 14%); box-shadow: 0 24px 64px rgb(0 0 0 / 60%); }
.left .panel { right: auto; left: 20px; transform-origin: 0 100%; }
.open .panel { visibility: visible; opacity: 1; transform: none; transition-delay: 0s; }
iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: normal; opacity: 0; transition: opacity 120ms; }
.ready iframe { opacity: 1; }
.wait { position: absolute; inset: 0; padding: 12px 16px; display: grid; grid-template-columns: 40px 1fr; gap: 24px 12px; align-content: start; }
.wait i { height: 40px; border-radius: 12px; background: rgb(128 136 140 / 14%); }
.wait i:nth-child(2) { width: 60%; }
.wait i:nth-child(n + 3) { grid-column: 1 / 3; }
.ready .wait { display: none; }
.full.open .panel { inset: 0; width: 100%; height: var(--height, 100dvh); max-width: none; max-height: none; border: 0; border-radius: 0; }
.full.open button { visibility: hidden; }
@media (prefers-reduced-motion: reduce) { button, svg, .panel, iframe { transition: none !important; } }
@media print { .root { display: none; } }
`;
