import type { Ref, TextareaHTMLAttributes } from "react";
import { cx } from "./cx";

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text; it grows with them where the browser can, up to what `className` allows. */
export function TextArea({ className, ...rest }: TextAreaProps) {
  return (
    <textarea
      className={cx(
        "field-sizing-content block w-full resize-none rounded-sm border border-hairline bg-surface-1 px-3 py-2 text-14 text-ink",
        "transition-colors placeholder:text-muted hover:border-hairline-strong disabled:opacity-50",
        className,
      )}
      {...rest}
    />
  );
}
