import { Shadow, Sheen } from "./Parts";

export function Fridge() {
  return (
    <>
      <Shadow width={116} y={184} />
      <Sheen id="fridge" stops={["#cfd6d8", "#f5f7f7", "#dfe4e5", "#b9c2c5"]} />
      <rect x="76" y="14" width="88" height="168" rx="9" fill="url(#fridge)" />
      <path d="M76 76h88" stroke="#8d989c" stroke-width="2.5" />
      <path d="M76 78h88" stroke="#fff" stroke-width="1" opacity=".8" />
      <rect x="86" y="44" width="5" height="24" rx="2.5" fill="#7f8b90" />
      <rect x="86" y="86" width="5" height="40" rx="2.5" fill="#7f8b90" />
      <rect x="124" y="28" width="28" height="14" rx="3" fill="#14202a" />
      <path d="M129 35h6M139 35h8" stroke="#7fe3d0" stroke-width="2.5" stroke-linecap="round" />
      <path d="M152 14h3a9 9 0 019 9v150a9 9 0 01-9 9h-3z" fill="#0d1b2a" opacity=".07" />
      <path d="M84 182h12v4H84zM144 182h12v4h-12z" fill="#3a4449" />
    </>
  );
}

export function Washer() {
  return (
    <>
      <Shadow width={140} y={182} />
      <Sheen id="washer" stops={["#e3e6e7", "#ffffff", "#d7dcdd"]} />
      <Sheen id="glass" stops={["#23485a", "#0c2733"]} down />
      <rect x="62" y="28" width="116" height="152" rx="10" fill="url(#washer)" />
      <path d="M62 62h116" stroke="#c5cccf" stroke-width="1.5" />
      <rect x="72" y="38" width="34" height="14" rx="3" fill="#eef1f1" stroke="#ccd2d4" />
      <circle cx="122" cy="45" r="8" fill="#f7f8f8" stroke="#aab4b8" stroke-width="1.5" />
      <path d="M122 39v5" stroke="#0a7d93" stroke-width="2" stroke-linecap="round" />
      <rect x="138" y="38" width="32" height="14" rx="3" fill="#14202a" />
      <path d="M144 45h8M156 45h8" stroke="#f4b740" stroke-width="2.5" stroke-linecap="round" />
      <circle cx="120" cy="118" r="46" fill="#d3d9db" />
      <circle cx="120" cy="118" r="40" fill="#f6f7f7" />
      <circle cx="120" cy="118" r="33" fill="url(#glass)" />
      <clipPath id="drum">
        <circle cx="120" cy="118" r="33" />
      </clipPath>
      <g clip-path="url(#drum)">
        <path d="M84 126q18-10 36 0t36 0v30H84z" fill="#4fb3c4" opacity=".75" />
        <path d="M92 140q14-22 30-8t28-6v30H92z" fill="#f0a38c" opacity=".9" />
        <path d="M100 92q14-10 30-4" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".5" />
        <circle cx="134" cy="112" r="3" fill="#fff" opacity=".7" />
        <circle cx="112" cy="106" r="2" fill="#fff" opacity=".6" />
      </g>
      <rect x="160" y="110" width="7" height="17" rx="3.5" fill="#9aa6ab" />
      <path d="M72 180h14v4H72zM154 180h14v4h-14z" fill="#3a4449" />
    </>
  );
}

export function Kettle() {
  return (
    <>
      <Shadow width={130} />
      <Sheen id="steel" stops={["#8f9aa0", "#eef2f3", "#c3ccd0", "#78858b"]} />
      <path d="M160 66q44-4 40 40-3 34-34 44" fill="none" stroke="#22292e" stroke-width="13" stroke-linecap="round" />
      <path d="M82 62l-22 8q-6 3-2 9l18 20z" fill="#aab4b9" />
      <path d="M84 52h72l14 108a8 8 0 01-8 8H78a8 8 0 01-8-8z" fill="url(#steel)" />
      <path d="M84 52q0-14 36-14t36 14z" fill="#2a3238" />
      <circle cx="120" cy="35" r="7" fill="#2a3238" />
      <rect x="138" y="84" width="7" height="60" rx="3.5" fill="#17333f" />
      <rect x="138" y="110" width="7" height="34" rx="3.5" fill="#58b7cb" />
      <path d="M94 66l-10 88" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".7" />
      <path d="M64 168h112l4 10H60z" fill="#22292e" />
      <circle cx="120" cy="173" r="2.5" fill="#f4b740" />
      <path d="M54 58q-8-8 0-16t0-16" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".85" />
    </>
  );
}

export function Coffee() {
  return (
    <>
      <Shadow width={150} y={180} />
      <Sheen id="body" stops={["#2a2f33", "#474f55", "#1d2226"]} />
      <Sheen id="front" stops={["#3a4248", "#262c31"]} down />
      <rect x="60" y="24" width="120" height="156" rx="12" fill="url(#body)" />
      <rect x="70" y="34" width="100" height="42" rx="7" fill="url(#front)" />
      <rect x="78" y="42" width="46" height="26" rx="4" fill="#0e1518" />
      <path d="M86 60v-8h10v8zM96 54q6 0 0 5" fill="none" stroke="#f4c979" stroke-width="2" stroke-linejoin="round" />
      <path d="M104 50h14M104 56h10" stroke="#f4c979" stroke-width="2" stroke-linecap="round" opacity=".8" />
      <circle cx="138" cy="55" r="7" fill="#b87333" />
      <circle cx="158" cy="55" r="7" fill="#59636a" />
      <path d="M74 84h92v76H74z" fill="#14191c" />
      <path d="M102 76h36v12a6 6 0 01-6 6h-24a6 6 0 01-6-6z" fill="#8d979d" />
      <path d="M114 94v8M126 94v8" stroke="#6d777d" stroke-width="4" />
      <path d="M114 102v26M126 102v26" stroke="#8a4f22" stroke-width="2.5" />
      <path d="M98 124h44l-5 30a6 6 0 01-6 5h-22a6 6 0 01-6-5z" fill="#fbf7ef" />
      <path d="M141 130q14-2 11 10-2 8-14 8" fill="none" stroke="#fbf7ef" stroke-width="4" />
      <ellipse cx="120" cy="125" rx="22" ry="4.5" fill="#7a431b" />
      <ellipse cx="118" cy="124.5" rx="11" ry="2.2" fill="#e2b98a" />
      <path d="M66 160h108v10a6 6 0 01-6 6H72a6 6 0 01-6-6z" fill="#586269" />
      <path d="M76 165h88" stroke="#3a4248" stroke-width="3" stroke-dasharray="6 4" />
    </>
  );
}
