/** Morning over the steppe: the picture behind the hero. */
export function Steppe() {
  return (
    <svg class="steppe" viewBox="0 0 1200 520" preserveAspectRatio="xMaxYMax slice" aria-hidden="true">
      <Colours />
      <rect width="1200" height="520" fill="url(#sky)" />
      <circle cx="900" cy="352" r="260" fill="url(#glow)" />
      <circle cx="900" cy="352" r="62" fill="#fff1cf" />
      <g class="stars" fill="#fff" opacity=".5">
        <circle cx="640" cy="70" r="1.6" />
        <circle cx="1010" cy="52" r="1.8" />
        <circle cx="760" cy="130" r="1.2" />
        <circle cx="1120" cy="120" r="1.4" />
        <circle cx="480" cy="46" r="1.2" />
      </g>
      <path
        fill="url(#far)"
        d="M0 424l110-20 90 12 110-30 90 24 90-16 90 8 90-64 50 26 76-96 78 66 56-26 96 66 70-32 104 50v134H0z"
      />
      <path fill="#e9f3ee" opacity=".55" d="M796 268l33 28-16 4-15-10-20 16-16-2z" />
      <path fill="#1c6a74" d="M0 436q150-46 320-18t330-10 290 6 260-20v126H0z" />
      <path fill="url(#near)" d="M0 478q190-40 420-14t420-6 360-14v76H0z" />
      <Yurt />
      <Birds />
    </svg>
  );
}

function Colours() {
  return (
    <defs>
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stop-color="#06344a" />
        <stop offset=".45" stop-color="#0a6580" />
        <stop offset=".74" stop-color="#5fa9a8" />
        <stop offset=".92" stop-color="#f3cf8e" />
      </linearGradient>
      <radialGradient id="glow">
        <stop offset="0" stop-color="#ffe6ad" stop-opacity=".95" />
        <stop offset=".35" stop-color="#f9c766" stop-opacity=".5" />
        <stop offset="1" stop-color="#f4b740" stop-opacity="0" />
      </radialGradient>
      <linearGradient id="far" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stop-color="#3f8790" />
        <stop offset="1" stop-color="#79b0a3" />
      </linearGradient>
      <linearGradient id="near" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stop-color="#0d5060" />
        <stop offset="1" stop-color="#0a3a4b" />
      </linearGradient>
    </defs>
  );
}

function Yurt() {
  return (
    <g transform="translate(1010 404)">
      <path fill="#fbf3df" d="M-46 24q6-44 46-58 40 14 46 58z" />
      <path fill="#efe0bd" d="M10-30q30 16 36 54H22z" />
      <path fill="#fffaf0" d="M-42 24h84v32h-84z" />
      <path fill="#e8d8b2" d="M20 24h22v32H20z" />
      <path fill="#c9852c" d="M-44 22h88v5h-88z" />
      <path fill="none" stroke="#c9852c" stroke-width="2" d="M-44 34l6 8 6-8 6 8 6-8M14 34l6 8 6-8 6 8 6-8" />
      <path fill="#0a5f78" d="M-9 30H9v26H-9z" />
      <path fill="none" stroke="#f4b740" stroke-width="1.5" d="M0 30v26" />
      <path fill="#c9852c" d="M-11-34h22l-3 6H-8z" />
    </g>
  );
}

function Birds() {
  return (
    <g class="birds" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" opacity=".8">
      <path d="M700 190q8-8 14 0 6-8 14 0M744 168q6-6 10 0 5-6 10 0M668 160q5-5 9 0 4-5 9 0" />
    </g>
  );
}
