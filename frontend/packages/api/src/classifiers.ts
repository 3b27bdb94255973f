/** What local intelligence learned, in the API's own names. */

/** Shares of 0..1. What was learned from corrections is compared with the version that was in use before. */
export interface Measured {
  accuracy?: number;
  /** Held-out examples, of what was trained on examples. */
  examples?: number;
  accuracy_before?: number;
  /** Held-out corrections. */
  held_out?: number;
  utterances?: number;
  utterances_before?: number;
  /** The version it was compared with; 0 is what ships with the package. */
  compared_with?: number;
}

export interface ClassifierVersion {
  number: number;
  /** Open set: candidate, promoted, retired. */
  state: string;
  /** Open set: corrections, examples. */
  made_from: string;
  examples: number;
  labels: string[];
  measured: Measured;
  created_at: string;
}

export interface ClassifierTask {
  task: string;
  /** 0 is what ships with the package, null nothing. */
  in_use: number | null;
  /** What rolling back would put in use; null: there is nothing before. */
  back_to: number | null;
  corrections: number;
  new_corrections: number;
  /** So many corrections it needs to learn; null: people do not correct it. */
  needed: number | null;
  /** Newest first. */
  versions: ClassifierVersion[];
}
