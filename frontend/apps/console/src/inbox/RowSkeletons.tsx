import { Skeleton } from "@frontdesk/ui";

const WIDTHS = ["w-40", "w-28", "w-36", "w-24", "w-44", "w-32", "w-40", "w-28"];

/** The list's shape before its content. */
export function RowSkeletons() {
  return (
    <div className="flex flex-col gap-1 overflow-hidden px-2">
      {WIDTHS.map((width, i) => (
        <div key={i} className="flex h-[92px] flex-col justify-center gap-2 px-3">
          <Skeleton className={`h-4 ${width}`} />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-3 w-52" />
        </div>
      ))}
    </div>
  );
}
