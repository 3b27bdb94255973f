/** The crown of a yurt seen from inside, open to the sky: the shop's sign. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">
      <rect width="40" height="40" rx="11" fill="#0a5f78" />
      <g fill="none" stroke="#f4b740" stroke-linecap="round">
        <circle cx="20" cy="20" r="11" stroke-width="2.6" />
        <path stroke-width="1.8" d="M10.5 15.5q9.5 4.5 19 0M10.5 24.5q9.5-4.5 19 0M15.5 10.5q4.5 9.5 0 19M24.5 10.5q-4.5 9.5 0 19" />
      </g>
    </svg>
  );
}

/** The same sign, large and faint, as ornament. */
export function Shanyrak() {
  const spokes = Array.from({ length: 36 }, (_, index) => index * 10);
  return (
    <svg class="shanyrak" viewBox="-200 -200 400 400" aria-hidden="true" fill="none" stroke="currentColor">
      <circle r="92" stroke-width="7" />
      <circle r="80" stroke-width="1.5" />
      <path
        stroke-width="4"
        stroke-linecap="round"
        d="M-82-34q82 40 164 0M-90-14q90 22 180 0M-82 34q82-40 164 0M-90 14q90-22 180 0M-34-82q40 82 0 164M-14-90q22 90 0 180M34-82q-40 82 0 164M14-90q-22 90 0 180"
      />
      {spokes.map((angle) => (
        <path key={angle} stroke-width="3" stroke-linecap="round" transform={`rotate(${angle})`} d="M100 0H196" />
      ))}
    </svg>
  );
}
