import { z } from 'zod'
import { priceMark } from '@/lib/runs/prices/schema'
import { edit } from '../drafts/schema'
import { versionName } from '../schema'

/** A rule is a sentence or two, not a page. */
export const LONGEST_RULE = 600

const text = z.string().trim().min(1, 'A rule needs some words.').max(LONGEST_RULE)

export const proposalParams = z.object({ version: z.uuid(), proposal: z.uuid() })

/** The job that drafts what was asked for; whoever asks enqueues it after the commit. */
export const DRAFT_RULES: { readonly name: string; readonly data?: { versionId: string } } = {
  name: 'versions.draft-rules',
}

const pairIds = { suggestedId: z.uuid(), rightId: z.uuid() }

export const wantRulesInput = z.object({
  pairs: z.array(z.object(pairIds)).min(1).max(10),
  /** Without the model: always so with the local stand-in. */
  fromTemplate: z.boolean().default(false),
})
export type WantRulesInput = z.infer<typeof wantRulesInput>

/** What is drafted from and how, for one pair. */
export type DraftProposalInput = { suggestedId: string; rightId: string; fromTemplate: boolean }

export const proposalDecision = z.discriminatedUnion('decision', [
  /** `text` where a person changed it. */
  z.object({ decision: z.literal('accept'), edit, text: text.optional() }),
  z.object({ decision: z.literal('reject') }),
  /** Takes either back; what was accepted leaves the draft again. */
  z.object({ decision: z.literal('reopen'), edit }),
])
export type ProposalDecision = z.infer<typeof proposalDecision>

export const proposalDraftsInput = z.object({ ids: z.array(z.uuid()).min(1).max(10) })
export type ProposalDraftsInput = z.infer<typeof proposalDraftsInput>
export type ProposalDrafts = { ids: string[] }

const storedSource = z.object({ kind: z.enum(['correction', 'precedent']), caseId: z.string() })
export const storedSources = z.array(storedSource)
export type StoredSource = z.infer<typeof storedSource>

const source = storedSource.extend({
  externalId: z.string(),
  /** The note of a correction, the sentence of a precedent; may be empty. */
  said: z.string(),
})

const proposalTarget = z.enum(['rules', 'description'])
export type ProposalTarget = z.infer<typeof proposalTarget>

const proposalView = z.object({
  id: z.string(),
  suggestedId: z.string(),
  suggested: z.string(),
  rightId: z.string(),
  right: z.string(),
  target: proposalTarget,
  /** Name of the category whose description it joins. */
  category: z.string().nullable(),
  text: z.string(),
  editedText: z.string().nullable(),
  sources: z.array(source),
  draftedBy: z.enum(['model', 'template']),
  status: z.enum(['open', 'accepted', 'rejected']),
  decidedBy: z.string().nullable(),
})
export type ProposalView = z.infer<typeof proposalView>

const costlyPair = z.object({
  suggestedId: z.string(),
  suggested: z.string(),
  rightId: z.string(),
  right: z.string(),
  corrections: z.number(),
  /** Expected wrong suggestions of this pair in 1,000 cases; null where there is no estimate. */
  cost: z.number().nullable(),
})
export type CostlyPair = z.infer<typeof costlyPair>

const wantedRule = z.object({
  suggestedId: z.string(),
  rightId: z.string(),
  /** Still to be drafted, or being drafted. */
  waiting: z.boolean(),
  /** Why there is none, as a sentence; nothing was lost. */
  problem: z.string().nullable(),
})

const rulesEstimate = z.object({
  modelId: z.string(),
  /** One for each pair without a proposal. */
  calls: z.number(),
  inputTokens: z.number(),
  /** At most. */
  outputTokens: z.number(),
  /** Millionths of a dollar at most; null where the price of the model is not known. */
  cost: z.number().nullable(),
  priced: priceMark.nullable(),
})
export type RulesEstimate = z.infer<typeof rulesEstimate>

const proposalsView = z.object({
  version: versionName,
  /** Names the save that an acceptance starts from. */
  edit: z.number(),
  /** Drafting goes by templates. */
  standIn: z.boolean(),
  modelId: z.string(),
  /** The most costly pairs, for which a rule can be drafted. */
  pairs: z.array(costlyPair),
  /** The rules that were asked for last, of each pair the newest, in the order of their drafting. */
  wanted: z.array(wantedRule),
  /** While some are waited for: how far the worker is with what was asked for since the first of them. */
  drafting: z.object({ done: z.number(), of: z.number() }).nullable(),
  /** The newest first. */
  proposals: z.array(proposalView),
})
export type ProposalsView = z.infer<typeof proposalsView>

/** `problem`: why there is none, as a sentence. */
export type DraftedProposal = { id: string | null; problem: string | null }
