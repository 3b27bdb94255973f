import { Skeleton } from "@frontdesk/ui";

export function ConversationSkeleton() {
  return (
    <div className="mx-auto flex w-full max-w-[760px] flex-1 flex-col gap-6 p-6" aria-busy>
      <Skeleton className="h-16 w-3/5 rounded-lg" />
      <Skeleton className="ml-auto h-24 w-2/3 rounded-lg" />
      <Skeleton className="h-12 w-2/5 rounded-lg" />
      <Skeleton className="ml-auto h-16 w-1/2 rounded-lg" />
    </div>
  );
}
