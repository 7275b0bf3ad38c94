/** What a model can do beyond answering, as far as it changes what it is sent. */
export type Abilities = {
  /** Keeps to a JSON schema. */
  schema: boolean
  /** Tokens below which the prompt's fixed part is not cached; null: the model has no cache. */
  cacheFrom: number | null
  /** Upper limit of `maxTokens`. */
  longestAnswer: number
  /** Whether the temperature may be set. */
  temperature: boolean
  /** Bedrock takes batch jobs for it. */
  batch: boolean
}

/** Of a model that is not known: nothing that it might refuse. */
const CAUTIOUS: Abilities = {
  ...{ schema: false, cacheFrom: null, longestAnswer: 4_096, temperature: true, batch: true },
}

/**
 * By family, as the makers document them (AWS: "Prompt caching", "Structured outputs", "Supported models
 * for batch inference"). The first that matches holds; an inference profile's prefix does not matter.
 */
const FAMILIES: readonly [RegExp, Partial<Abilities>][] = [
  // The stand-in's, kept equal to local/bedrock by a test.
  [/closecall\.lexical-small/, { longestAnswer: 2_048 }],
  [/closecall\.lexical-either/, { schema: true, cacheFrom: 2_048, longestAnswer: 8_192 }],
  [
    /closecall\.lexical-strict/,
    { schema: true, cacheFrom: 4_096, longestAnswer: 8_192, temperature: false },
  ],
  [/closecall\./, { schema: true, cacheFrom: 1_024, longestAnswer: 8_192 }],
  [
    /claude-opus-4-[7-9]|claude-[a-z]+-[5-9]/,
    { schema: true, cacheFrom: 4_096, longestAnswer: 64_000, temperature: false },
  ],
  [
    /claude-(?:haiku-4-[5-9]|opus-4-[56])/,
    { schema: true, cacheFrom: 4_096, longestAnswer: 64_000 },
  ],
  [/claude-sonnet-4-[5-9]/, { schema: true, cacheFrom: 1_024, longestAnswer: 64_000 }],
  [/claude-(?:sonnet|opus)-4/, { cacheFrom: 1_024, longestAnswer: 32_000 }],
  [/claude-3-7-sonnet/, { cacheFrom: 1_024, longestAnswer: 64_000 }],
  [/claude-3-5-haiku/, { cacheFrom: 2_048, longestAnswer: 8_192 }],
  [/claude-3-5-sonnet/, { longestAnswer: 8_192 }],
  [/amazon\.nova/, { cacheFrom: 1_024, longestAnswer: 5_000 }],
  [/meta\.llama/, { longestAnswer: 2_048 }],
]

export function abilitiesOf(modelId: string): Abilities {
  const found = FAMILIES.find(([family]) => family.test(modelId))
  return { ...CAUTIOUS, ...found?.[1] }
}
