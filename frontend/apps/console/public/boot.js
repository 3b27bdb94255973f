// Sets the remembered theme before the first paint, so that a light desk never flashes dark.
try {
  if (localStorage.getItem("fd.theme") === "light") document.documentElement.dataset.theme = "light";
} catch {
  // Storage is forbidden: dark it is.
}
