import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { access } from "../data/client";
import { forgetPerson } from "../data/me";
import { tellOtherTabs } from "../data/otherTabs";

/** Ends this browser's sign-in, in all its tabs. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async () => {
    await access.signOut();
    forgetPerson(client); // before the sign-in page, which lets pass who is known
    tellOtherTabs("out");
    await router.navigate({ to: "/sign-in" });
  };
}
