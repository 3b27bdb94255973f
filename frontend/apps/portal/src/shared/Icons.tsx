import type { ComponentChildren } from "preact";

function icon(children: ComponentChildren) {
  return function Icon({ size = 16 }: { size?: 16 | 20 }) {
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

export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const BackIcon = icon(<path d="M19 12H5M11 6l-6 6 6 6" />);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6L6 18" />);
export const CheckIcon = icon(<path d="M5 12.5l4.5 4.5L19 7.5" />);
export const ClockIcon = icon(<path d="M12 7v5l3.5 2M12 21a9 9 0 100-18 9 9 0 000 18z" />);
export const AlertIcon = icon(<path d="M12 8v5M12 16.5v.01M12 21a9 9 0 100-18 9 9 0 000 18z" />);
export const PersonIcon = icon(<path d="M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20.5a7.5 7.5 0 0115 0" />);
export const SparkIcon = icon(<path d="M12 3.5l2 5.5a2 2 0 001.2 1.2l5.3 1.8-5.3 2a2 2 0 00-1.2 1.2l-2 5.3-2-5.3A2 2 0 008.8 14l-5.3-2 5.3-1.8A2 2 0 0010 9z" />);
export const FileIcon = icon(<path d="M14 3H7a1 1 0 00-1 1v16a1 1 0 001 1h10a1 1 0 001-1V7zM14 3v4h4" />);
export const ClipIcon = icon(<path d="M20 11.5l-8.2 8.2a5 5 0 01-7-7l8.5-8.5a3.3 3.3 0 014.7 4.7l-8.5 8.5a1.7 1.7 0 01-2.4-2.4l7.8-7.8" />);
export const MailIcon = icon(<path d="M4 6h16v12H4zM4 7l8 6 8-6" />);
export const ThemeIcon = icon(<path d="M12 3a9 9 0 100 18 9 9 0 000-18zM12 3v18" />);
export const SendIcon = icon(<path d="M12 19V5M5.5 11.5L12 5l6.5 6.5" />);
export const LeaveIcon = icon(<path d="M10 4H5v16h5M15 8l4 4-4 4M19 12H10" />);
export const ReplyIcon = icon(<path d="M9 7l-5 5 5 5M4 12h11a5 5 0 015 5v1" />);
