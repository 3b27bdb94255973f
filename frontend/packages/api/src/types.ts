/** The JSON of the HTTP API under the names that the pages use. What the document leaves open is told here. */
import type { components, operations } from "./generated";

type Schemas = components["schemas"];

export type Channel = Schemas["ChannelName"];
export type TicketStatus = Schemas["TicketStatus"];
export type Group = Schemas["Group"];
export type Proof = Schemas["Proof"];
export type Sentiment = Schemas["Sentiment"];
export type Category = Schemas["Category"];
export type Intent = Schemas["Intent"];
export type Priority = Schemas["Priority"];
export type Difficulty = Schemas["Difficulty"];

/** A language that the desk itself speaks. */
export type Language = NonNullable<NonNullable<operations["about_this_desk"]["parameters"]["query"]>["lang"]>;

export type Ticket = Schemas["Ticket"];
export type TicketChange = Schemas["TicketChange"];
export type BulkChange = Schemas["BulkChange"];
export type BulkResult = Schemas["BulkResult"];
export type TicketPage = Schemas["TicketPage"];
export type TicketQuery = NonNullable<operations["list_tickets"]["parameters"]["query"]>;
export type Customer = Schemas["CustomerCard"];
export type TimelineEvent = Schemas["TimelineEvent"];
export type ScoreBreakdown = Schemas["ScoreBreakdown"];
export type Action = Schemas["Action"];
export type Escalation = Schemas["Escalation"];
export type EscalationMail = Schemas["Mail"];
export type MailState = EscalationMail["state"];

export type Rationale = Schemas["RationaleView"];
export type Source = Schemas["Source"];
export type AiDetails = Schemas["AiDetails"];
export type Attachment = Schemas["Attachment"];
export type Message = Omit<Schemas["Message"], "reading"> & { reading: Reading | null };
export type MessagePage = Omit<Schemas["MessagePage"], "messages"> & { messages: Message[] };

export type TicketReach = Schemas["TicketReach"];
export type MessageTemplate = Schemas["MessageTemplate"];

export type Macro = Schemas["MacroView"];
export type NewMacro = Schemas["NewMacro"];
export type OfferedMacro = Schemas["OfferedMacro"];
export type MacroDeeds = Schemas["DeedsView"];
export type MacroVariable = Schemas["Variable"];
export type Phrase = Schemas["PhraseView"];

export type TopicAlert = Schemas["AlertView"];

export type NewMessage = Schemas["NewMessage"];
export type ReplyDraft = Schemas["DraftResponse"];
export type ChannelAccount = Schemas["ChannelAccount"];

export type DocumentSummary = Schemas["DocumentSummary"];
export type DocumentQuery = NonNullable<operations["list_documents"]["parameters"]["query"]>;
export type DocumentDetail = Schemas["DocumentDetail"];
export type SearchResult = Schemas["Found"];

export type Desk = Schemas["About"];
export type AnalyticsSummary = Schemas["Summary"];
export type Counts = AnalyticsSummary["by_status"];

export type ClassifierVersion = Omit<Schemas["ClassifierVersion"], "measured"> & { measured: Measured };
export type ClassifierTask = Omit<Schemas["Task"], "versions"> & { versions: ClassifierVersion[] };

export type Me = Schemas["Me"];
export type Person = Schemas["PersonView"];
export type Role = Schemas["Role"];
export type Permission = Schemas["Permission"];
export type SignedIn = Schemas["SignedInView"];
export type SecondFactor = Schemas["SecondFactorView"];
export type OpenSession = Schemas["SessionView"];
export type TotpSetup = Schemas["TotpSetup"];
export type Passkey = Schemas["PasskeyView"];
export type PasskeyChallenge = Schemas["PasskeyChallenge"];
export type Credential = Schemas["NewPasskey"]["credential"];
export type NewPerson = Schemas["NewPerson"];
export type PersonChange = Schemas["PersonChange"];
export type Invited = Schemas["Invited"];
export type ApiKey = Schemas["KeyView"];
export type NewApiKey = Schemas["NewKey"];
export type MadeApiKey = Schemas["NewKeyView"];
export type AuditEntry = Schemas["AuditEntryView"];
export type AuditPage = Schemas["AuditPage"];
export type AuditAction = Schemas["AuditAction"];
export type AuditQuery = NonNullable<operations["list_audit"]["parameters"]["query"]>;
export type NewAdmin = Schemas["FirstAdmin"];

export interface Entity {
  type: string;
  value: string;
  text: string;
  start: number;
  end: number;
  currency?: string | null;
}

/** What the AI understood from one customer message. An analysis that had nothing to say may leave lists out. */
export interface Reading {
  language: string | null;
  category: string | null;
  intent: string | null;
  priority: Priority | null;
  sentiment: Sentiment | null;
  sentiment_score: number | null;
  risk: number | null;
  difficulty: Difficulty | null;
  confidence: number | null;
  tags?: string[];
  entities?: Entity[];
  summary: string | null;
  escalate: boolean;
  escalation_reason: string | null;
  /** The words behind each finding; `nearest` holds similar examples instead, each as "text (category)". */
  explanation?: Record<string, string[]>;
}

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

export type PortalSession = Schemas["PortalSessionView"];
export type PortalTicket = Schemas["PortalTicket"];
export type PortalTickets = Schemas["PortalTickets"];
export type PortalConversation = Schemas["PortalConversation"];
export type PortalMessage = Schemas["PortalMessage"];
export type PortalSource = Schemas["PortalSource"];
export type PortalFile = Schemas["PortalFile"];
export type PortalAccepted = Schemas["PortalAccepted"];
