type Described = { name: string; description: string; categoryWord: string }

/** Persona and rules that a project's first draft starts from; people make them their own. */
export function firstVersionText(project: Described): { persona: string; rules: string } {
  const about = project.description.trim()
  return {
    persona: [
      'You are an experienced analyst. You read closed cases one at a time and decide which',
      `${project.categoryWord} fits each best.`,
      about ? `What this is about: ${about}` : '',
    ]
      .filter(Boolean)
      .join(' '),
    rules: [
      `Choose exactly one ${project.categoryWord} for the case.`,
      'Weigh the first request and the last answer most.',
      'A case that changes its nature on the way is what it started as.',
      'Try the categories in the order in which they are listed, and take the first one that fits.',
    ].join('\n'),
  }
}

/** Settings a first draft starts from; `modelId` comes from the configuration. */
export function firstVersionSettings(modelId: string) {
  return {
    answerFormat: { kind: 'xml', sample: 'short' },
    badExampleForm: 'wrong_with_reason',
    model: { modelId, maxTokens: 512, temperature: null },
  } as const
}
