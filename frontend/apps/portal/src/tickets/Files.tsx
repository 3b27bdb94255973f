/** Files that go with a message. */
import { useRef, useState } from "preact/hooks";
import { ClipIcon, CloseIcon } from "../shared/Icons";
import { fileSize } from "../shared/moment";
import { useScene } from "../shell/scene";

const MOST_FILES = 5;
const LARGEST_BYTES = 10 * 1024 * 1024;

export interface PickedFiles {
  files: File[];
  /** Whether something that was picked did not fit. */
  isOver: boolean;
  add: (more: Iterable<File>) => void;
  remove: (file: File) => void;
  clear: () => void;
}

/** As many of them as a message takes. */
export function fitting(files: File[]): { files: File[]; isOver: boolean } {
  const small = files.filter((file) => file.size <= LARGEST_BYTES);
  return { files: small.slice(0, MOST_FILES), isOver: small.length < files.length || small.length > MOST_FILES };
}

export function useFiles(): PickedFiles {
  const [state, setState] = useState(fitting([]));
  return {
    ...state,
    add: (more) => setState(fitting([...state.files, ...more])),
    remove: (file) => setState(fitting(state.files.filter((kept) => kept !== file))),
    clear: () => setState(fitting([])),
  };
}

interface FilePickerProps {
  picked: PickedFiles;
  /** With its name beside the sign, where there is room. */
  named?: boolean;
}

export function FilePicker({ picked, named = false }: FilePickerProps) {
  const { t } = useScene();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="files"
        onChange={(event) => {
          picked.add(event.currentTarget.files ?? []);
          event.currentTarget.value = "";
        }}
      />
      <button
        type="button"
        class={named ? "secondary" : "icon-button"}
        aria-label={t.attach}
        title={t.attach}
        onClick={() => input.current?.click()}
      >
        <ClipIcon size={named ? 16 : 20} />
        {named && t.attach}
      </button>
    </>
  );
}

export function FileChips({ picked }: { picked: PickedFiles }) {
  const { t, language } = useScene();
  return (
    <>
      {picked.files.length > 0 && (
        <ul class="files picked">
          {picked.files.map((file, index) => (
            <li key={index} class="file">
              <span class="file-name">{file.name}</span>
              <span class="muted">{fileSize(file.size, language)}</span>
              <button type="button" class="icon-button tiny" aria-label={t.remove(file.name)} onClick={() => picked.remove(file)}>
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      {picked.isOver && (
        <p class="failure" role="alert">
          {t.filesLimit}
        </p>
      )}
    </>
  );
}
