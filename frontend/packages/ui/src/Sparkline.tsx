interface SparklineProps {
  /** 0..1 each, oldest first. */
  values: number[];
  label: string;
  width?: number;
  height?: number;
}

const PAD = 4;

/** The path through the points; one point is a path of one place, so that a dot can stand on it. */
export function sparkPoints(values: number[], width: number, height: number): [number, number][] {
  const step = values.length > 1 ? (width - PAD * 2) / (values.length - 1) : 0;
  return values.map((value, i) => [PAD + i * step, PAD + (1 - Math.min(1, Math.max(0, value))) * (height - PAD * 2)]);
}

/** A trend in words' size: a line with the neutral middle drawn, the latest point marked. */
export function Sparkline({ values, label, width = 272, height = 48 }: SparklineProps) {
  const points = sparkPoints(values, width, height);
  const last = points.at(-1);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} className="block h-auto w-full text-muted">
      <line x1={0} x2={width} y1={height / 2} y2={height / 2} stroke="var(--fd-hairline-strong)" strokeDasharray="2 4" />
      <polyline
        points={points.map((point) => point.join(",")).join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {points.slice(0, -1).map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r={1.5} fill="currentColor" />
      ))}
      {last ? <circle cx={last[0]} cy={last[1]} r={3} fill="var(--fd-text)" /> : null}
    </svg>
  );
}
