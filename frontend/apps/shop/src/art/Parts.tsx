/** The soft shadow on the floor. */
export function Shadow({ x = 120, y = 178, width }: { x?: number; y?: number; width: number }) {
  return (
    <>
      <ellipse cx={x} cy={y} rx={width / 2} ry="7" fill="#0d1b2a" opacity=".1" />
      <ellipse cx={x} cy={y} rx={width / 2.6} ry="4" fill="#0d1b2a" opacity=".16" />
    </>
  );
}

/** A gradient from one side to the other, which makes a flat shape look round. */
export function Sheen({ id, stops, down }: { id: string; stops: string[]; down?: boolean }) {
  return (
    <defs>
      <linearGradient id={id} x1="0" y1="0" x2={down ? "0" : "1"} y2={down ? "1" : "0"}>
        {stops.map((color, index) => (
          <stop key={index} offset={index / (stops.length - 1)} stop-color={color} />
        ))}
      </linearGradient>
    </defs>
  );
}
