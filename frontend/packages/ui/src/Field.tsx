import { CircleAlert, Eye, EyeOff } from "lucide-react";
import { useId, useState, type InputHTMLAttributes, type ReactNode, type Ref } from "react";
import { cx } from "./cx";

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "id"> {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value; it is read out with the field. */
  error?: string | null | undefined;
  /** Stands within the field, at its end. */
  end?: ReactNode;
  /** Beside the label, at the line's end. */
  aside?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

/** One line of text with its name above and what there is to say about it below. */
export function TextField({ label, hint, error, end, aside, className, ...input }: TextFieldProps) {
  const id = useId();
  const said = [error ? `${id}-error` : null, hint ? `${id}-hint` : null].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-13 font-medium text-ink">
          {label}
        </label>
        {aside}
      </div>
      <div className="relative">
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={said || undefined}
          className={cx(
            "block h-11 w-full rounded-sm border bg-surface-1 px-3 text-14 text-ink transition-colors placeholder:text-muted max-md:text-16",
            error ? "border-danger" : "border-hairline-strong hover:border-faint",
            end ? "pr-12" : null,
            className,
          )}
          {...input}
        />
        {end ? <span className="absolute inset-y-0 right-0 flex items-center pr-1">{end}</span> : null}
      </div>
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-13 text-danger">
          <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
          {error}
        </p>
      ) : null}
      {hint ? (
        <div id={`${id}-hint`} className="text-13 text-pretty text-muted">
          {hint}
        </div>
      ) : null}
    </div>
  );
}

interface PasswordFieldProps extends Omit<TextFieldProps, "end" | "type"> {
  showLabel: string;
  autoComplete: "current-password" | "new-password";
}

/** A password, which its owner may look at while typing it. */
export function PasswordField({ showLabel, ...field }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <TextField
      {...field}
      type={shown ? "text" : "password"}
      spellCheck={false}
      autoCapitalize="none"
      autoCorrect="off"
      end={
        <button
          type="button"
          aria-label={showLabel}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="flex size-9 items-center justify-center rounded-sm text-muted transition-colors hover:text-ink"
        >
          <Icon size={18} aria-hidden />
        </button>
      }
    />
  );
}
