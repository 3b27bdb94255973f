/** What would follow, over the field and exactly where its own words end; it takes no clicks. */
export function GhostText({ text, rest, lang }: { text: string; rest: string; lang: string | undefined }) {
  if (rest === "") return null;
  return (
    <div
      aria-hidden
      lang={lang}
      className="pointer-events-none absolute inset-0 z-10 overflow-hidden border border-transparent px-3 py-2 text-14 [overflow-wrap:break-word] whitespace-pre-wrap"
    >
      <span className="invisible">{text}</span>
      <span className="text-muted opacity-80">{rest}</span>
    </div>
  );
}
