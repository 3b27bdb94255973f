// Sets the theme before the first paint: the remembered one, else the reader's system's.
let theme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
try {
  const kept = localStorage.getItem("fd.theme");
  if (kept === "light" || kept === "dark") theme = kept;
} catch {
  // Storage is forbidden: the system's it is.
}
document.documentElement.dataset.theme = theme;
