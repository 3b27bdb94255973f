import type { ComponentChildren } from "preact";

function icon(children: ComponentChildren) {
  return function Icon({ size = 16 }: { size?: 12 | 14 | 16 | 20 }) {
    return (
      <svg
        aria-hidden="true"
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      >
        {children}
      </svg>
    );
  };
}

export const CloseIcon = icon(<path d="M6 6l12 12M18 6L6 18" />);
export const SendIcon = icon(<path d="M12 19V5M5.5 11.5L12 5l6.5 6.5" />);
export const ArrowIcon = icon(<path d="M5 12h14M13 6l6 6-6 6" />);
export const DownIcon = icon(<path d="M12 5v14M5.5 12.5L12 19l6.5-6.5" />);
export const CheckIcon = icon(<path d="M5 12.5l4.5 4.5L19 7.5" />);
export const ClockIcon = icon(<path d="M12 7v5l3.5 2M12 21a9 9 0 100-18 9 9 0 000 18z" />);
export const AlertIcon = icon(<path d="M12 8v5M12 16.5v.01M12 21a9 9 0 100-18 9 9 0 000 18z" />);
export const RetryIcon = icon(<path d="M4 12a8 8 0 0113.7-5.6L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 01-13.7 5.6L4 15.5M4 20v-4.5h4.5" />);
export const PersonIcon = icon(<path d="M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20.5a7.5 7.5 0 0115 0" />);
export const LinkIcon = icon(<path d="M14 5h5v5M19 5l-9 9M17 14v4a1 1 0 01-1 1H6a1 1 0 01-1-1V8a1 1 0 011-1h4" />);
export const OfflineIcon = icon(<path d="M4 4l16 16M8.5 15.5a5 5 0 017 0M5 12a10 10 0 014-2.4M13.5 9.3A10 10 0 0119 12M12 19v.01" />);
export const SparkIcon = icon(<path d="M12 3.5l2 5.5a2 2 0 001.2 1.2l5.3 1.8-5.3 2a2 2 0 00-1.2 1.2l-2 5.3-2-5.3A2 2 0 008.8 14l-5.3-2 5.3-1.8A2 2 0 0010 9z" />);
