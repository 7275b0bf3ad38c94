const FIGURES = [
  ['Exact', 'the model’s label is the final label. A case without a valid label counts as wrong.'],
  [
    'Counting close calls',
    'the second choice of a case that people called close is right as well.',
  ],
  ['Over valid answers', 'exact, but only over cases for which the model gave a valid label.'],
  [
    'On test',
    'the one score that the locked test pool has published. Where a gain was too small to be told from chance, the best score so far stands.',
  ],
  ['Workbook', 'the same rows as a spreadsheet that computes these figures itself.'],
] as const

/** Each figure in a sentence; the names of the statistics only for those who open them. */
export function MethodNotes() {
  return (
    <div className="mt-4 grid gap-3 border-line border-t pt-4 text-[13px]">
      <dl className="grid gap-x-8 gap-y-1.5 sm:grid-cols-2">
        {FIGURES.map(([name, meaning]) => (
          <div key={name}>
            <dt className="inline font-medium">{name}: </dt>
            <dd className="inline text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
      <details className="max-w-prose text-muted">
        <summary className="w-fit font-medium text-ink">How is this computed?</summary>
        <ul className="mt-2 grid list-disc gap-1.5 pl-5">
          <li>
            Intervals are 95 % Wilson score intervals (z = 1.96) of right cases among all labelled
            cases of the run.
          </li>
          <li>
            “Good enough” means that the whole interval lies above the target, “not good enough”
            that it lies below. The number of cases still wanted is where the interval would clear
            the target if the rate stayed as it is.
          </li>
          <li>
            A version is measured by its newest finished run on dev. Labels of dev cases were given
            without seeing any suggestion, or were imported. Cases are taken by random rank.
          </li>
          <li>
            Examples of a version and cases nearly the same as one never count for it. Answers of
            the local stand-in and of a language model are never counted together.
          </li>
          <li>
            Versions are chosen on dev, so the best of many looks a little better there than it is.
            The test pool is the check: it publishes by the Ladder rule, a new score only if it
            beats the best so far by more than one standard error of the difference.
          </li>
        </ul>
      </details>
    </div>
  )
}
