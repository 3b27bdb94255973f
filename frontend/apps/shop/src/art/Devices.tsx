import { Shadow, Sheen } from "./Parts";

export function Phone() {
  return (
    <>
      <Shadow width={120} />
      <Sheen id="phone-back" stops={["#4a535c", "#2b3239", "#20262c"]} />
      <Sheen id="phone-screen" stops={["#0b4a63", "#2b8a9d", "#f6c66b"]} down />
      <g transform="rotate(-9 96 100)">
        <rect x="66" y="28" width="68" height="146" rx="14" fill="url(#phone-back)" />
        <rect x="74" y="36" width="30" height="38" rx="10" fill="#181d22" />
        <circle cx="84" cy="47" r="6.5" fill="#0b0e11" stroke="#59636c" stroke-width="1.5" />
        <circle cx="84" cy="63" r="6.5" fill="#0b0e11" stroke="#59636c" stroke-width="1.5" />
        <circle cx="97" cy="55" r="2.6" fill="#fbe3a8" />
      </g>
      <g transform="rotate(6 148 104)">
        <rect x="112" y="30" width="70" height="148" rx="14" fill="#14191e" />
        <rect x="112.8" y="30.8" width="68.4" height="146.4" rx="13.5" fill="none" stroke="#5b6670" stroke-width="1.2" />
        <rect x="116" y="34" width="62" height="140" rx="10" fill="url(#phone-screen)" />
        <circle cx="150" cy="126" r="17" fill="#ffe9b8" />
        <path d="M116 136q18-14 34 0t28-4v32a10 10 0 01-10 10h-42a10 10 0 01-10-10z" fill="#0b4255" />
        <rect x="138" y="39" width="18" height="5" rx="2.5" fill="#14191e" />
        <rect x="124" y="56" width="34" height="5" rx="2.5" fill="#fff" opacity=".9" />
        <rect x="124" y="66" width="22" height="4" rx="2" fill="#fff" opacity=".55" />
      </g>
    </>
  );
}

export function Tv() {
  return (
    <>
      <Shadow width={170} />
      <Sheen id="tv-sky" stops={["#0a3e57", "#2b8797", "#f0c27a"]} down />
      <rect x="22" y="38" width="196" height="118" rx="6" fill="#15191d" />
      <rect x="26" y="42" width="188" height="108" rx="3" fill="url(#tv-sky)" />
      <clipPath id="tv-clip">
        <rect x="26" y="42" width="188" height="108" rx="3" />
      </clipPath>
      <g clip-path="url(#tv-clip)">
        <circle cx="152" cy="116" r="20" fill="#fff0cc" />
        <path d="M26 122l34-30 26 20 30-38 34 42 24-16 40 26v34H26z" fill="#1d6a78" />
        <path d="M116 74l14 17-9 3-6-6-9 8z" fill="#eaf4f2" />
        <path d="M26 136q50-20 96-4t92-8v28H26z" fill="#0b4356" />
        <path d="M26 42h86l-44 108H26z" fill="#fff" opacity=".07" />
      </g>
      <path d="M70 156l-12 20M170 156l12 20" stroke="#2a3036" stroke-width="5" stroke-linecap="round" />
    </>
  );
}

export function Headphones() {
  return (
    <>
      <Shadow width={120} />
      <Sheen id="band" stops={["#e9e2d6", "#fffdf8", "#d9d0c0"]} />
      <Sheen id="cup" stops={["#2d3b46", "#4d6170", "#23303a"]} />
      <path d="M58 116q-4-84 62-84t62 84" fill="none" stroke="#c9bda8" stroke-width="15" stroke-linecap="round" />
      <path d="M58 116q-4-84 62-84t62 84" fill="none" stroke="url(#band)" stroke-width="11" stroke-linecap="round" />
      <path d="M84 48q36-18 72 0" fill="none" stroke="#b98a55" stroke-width="7" stroke-linecap="round" />
      <rect x="62" y="98" width="20" height="68" rx="10" fill="#b98a55" />
      <rect x="158" y="98" width="20" height="68" rx="10" fill="#9c7143" />
      <rect x="40" y="94" width="34" height="76" rx="16" fill="url(#cup)" />
      <rect x="166" y="94" width="34" height="76" rx="16" fill="url(#cup)" />
      <rect x="46" y="104" width="6" height="54" rx="3" fill="#fff" opacity=".16" />
      <circle cx="188" cy="150" r="2.5" fill="#6fe3a0" />
    </>
  );
}

export function Robot() {
  return (
    <>
      <Shadow width={168} y={158} />
      <Sheen id="robot-side" stops={["#c9d0d2", "#f4f6f6", "#b7bfc2"]} />
      <Sheen id="robot-top" stops={["#ffffff", "#e3e8e9"]} down />
      <path d="M42 116v18c0 18 35 30 78 30s78-12 78-30v-18z" fill="url(#robot-side)" />
      <path d="M44 138c6 16 38 26 76 26s70-10 76-26c-4 20-36 30-76 30s-72-10-76-30z" fill="#2a3238" />
      <ellipse cx="120" cy="114" rx="78" ry="38" fill="url(#robot-top)" />
      <ellipse cx="120" cy="114" rx="78" ry="38" fill="none" stroke="#c2cacc" stroke-width="1.5" />
      <path d="M94 104v8c0 7 12 12 26 12s26-5 26-12v-8z" fill="#1d2429" />
      <ellipse cx="120" cy="103" rx="26" ry="12" fill="#39434a" />
      <ellipse cx="120" cy="102" rx="17" ry="7.5" fill="#11161a" />
      <rect x="110" y="134" width="20" height="5" rx="2.5" fill="#0a7d93" />
      <path d="M60 128q10 12 30 17" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" opacity=".8" />
      <path d="M188 156l18 8M190 150l20 2M182 162l12 12" stroke="#7d8a90" stroke-width="2.5" stroke-linecap="round" />
    </>
  );
}
