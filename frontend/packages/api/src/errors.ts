/** Every failure of a call becomes one of these; `code` is the API's own, or `network` where no answer came. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: unknown = null,
    readonly requestId: string | null = null,
    /** Seconds after which the server would listen again, where it said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

interface ErrorBody {
  error: { code: string; message: string; details?: unknown; request_id?: string | null };
}

function isErrorBody(value: unknown): value is ErrorBody {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const error = (value as { error: unknown }).error;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

/** Reads the error contract; an answer that breaks it (a proxy's HTML page) still gets a usable error. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const headerId = response.headers.get("X-Request-Id");
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  let body: unknown = null;
  try {
    body = await response.json();
  } catch {
    body = null;
  }
  if (!isErrorBody(body)) {
    const code = response.status >= 500 ? "unavailable" : "bad_request";
    return new ApiError(response.status, code, `HTTP ${response.status}`, null, headerId, retryAfter);
  }
  const { code, message, details, request_id } = body.error;
  return new ApiError(response.status, code, message, details ?? null, request_id ?? headerId, retryAfter);
}
