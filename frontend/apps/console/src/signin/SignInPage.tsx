import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import type { SecondFactor, SignedIn } from "@frontdesk/api";
import { meQuery } from "../data/me";
import { CodeStep } from "./CodeStep";
import { ForgottenStep } from "./ForgottenStep";
import { LinkStep } from "./LinkStep";
import { forgetLink, takeLink } from "./link";
import { PasswordStep } from "./PasswordStep";
import { firstStep, type Step } from "./steps";
import { useArrival } from "./useArrival";

/** Everything by which somebody comes in: password, second step, the links of e-mails and of the command line. */
export function SignInPage() {
  const { why } = useSearch({ from: "/sign-in" });
  const [step, setStep] = useState<Step>(() => firstStep(takeLink()));
  const { arrive, goOn } = useArrival();
  useSignedInAlready(step.name === "password", goOn);
  useEffect(() => {
    const onHash = () => {
      const link = takeLink();
      if (link) setStep(firstStep(link));
    };
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);
  const toPassword = useCallback(() => {
    forgetLink();
    setStep({ name: "password" });
  }, []);
  const onLate = useCallback(() => setStep({ name: "password", notice: "late" }), []);
  const onAnswer = (answer: SignedIn | SecondFactor) => {
    forgetLink();
    if (answer.state === "signed_in") arrive(answer);
    else setStep({ name: "code", challenge: answer.challenge, factors: answer.factors });
  };
  const onForgotten = (email = "") => setStep({ name: "forgotten", email });
  switch (step.name) {
    case "password":
      return <PasswordStep notice={step.notice ?? why ?? null} onAnswer={onAnswer} onForgotten={onForgotten} />;
    case "code":
      return <CodeStep challenge={step.challenge} factors={step.factors} onSignedIn={onAnswer} onLate={onLate} onBack={toPassword} />;
    case "forgotten":
      return <ForgottenStep email={step.email} onBack={toPassword} />;
    default:
      return <LinkStep key={step.link.token} link={step.link} onAnswer={onAnswer} onForgotten={onForgotten} onBack={toPassword} />;
  }
}

/** Who is a person here already goes on at once; the operator of the machine may want to become one. */
function useSignedInAlready(asked: boolean, goOn: () => void): void {
  const { data, isSuccess } = useQuery({ ...meQuery, enabled: asked });
  const isPerson = asked && isSuccess && Boolean(data.person); // after a refusal old data is still there
  useEffect(() => {
    if (isPerson) goOn();
  }, [isPerson, goOn]);
}
