import { renderAnswers } from './answer'
import type { Fate } from './faults'
import {
  findRated,
  judgeCase,
  mendJudgement,
  mendsJudgements,
  spoilJudgement,
  writeJudgement,
} from './judge'
import { spoilAnswer } from './malformed'
import { findUnreadable, mendAnswer } from './mend'
import type { ModelCall, StopReason } from './model-call'
import { answerCases, echoCases, spoilPack } from './packs'
import { asksAboutCase, readCases, teaches } from './prompt'
import type { State } from './state'
import { writeStructured } from './structured'

type Written = { text: string; stopReason: StopReason; stopSequence: string | null }

/** What the model says to a call that meets this fate: its answer, spoiled and cut as the fate wants. */
export function writeAnswer(
  call: ModelCall,
  fate: Fate,
  state: State,
  seed: number = state.faults.seed,
): Written {
  const isSpoiled = fate.malformed !== null || fate.pack !== null
  const said = isSpoiled
    ? sayAll(call, fate, state, seed)
    : state.recall(`${seed} ${call.key}`, () => sayAll(call, fate, state, seed))
  return endAnswer(said, call, fate.cutOff)
}

function sayAll(
  { system, turns, schema, model }: ModelCall,
  fate: Fate,
  state: State,
  seed: number,
): string {
  const asked = turns.filter((turn) => turn.role === 'user').map((turn) => turn.text)
  const question = asked.findLast(asksAboutCase) ?? asked.at(-1) ?? ''
  // Examples may stand beside the question too. Otherwise the same instructions are studied once.
  const isTaught = teaches(question) || system.trim() === ''
  const study = state.study(system, isTaught ? question : null)
  const rated = findRated(question)
  if (rated !== null) {
    const judgement = judgeCase(study.classifier(), readCases(question), rated)
    // Decoding that is held to a schema does not break the form.
    if (schema !== null) return writeJudgement(judgement, 'json')
    const said = writeJudgement(judgement, study.form === 'json' ? 'json' : 'xml')
    return fate.malformed === null ? said : spoilJudgement(fate.malformed, said)
  }
  const unreadable = findUnreadable(question)
  if (unreadable !== null && mendsJudgements(system)) {
    const said = writeJudgement(mendJudgement(unreadable, study.labels), 'xml')
    return fate.malformed === null ? said : spoilJudgement(fate.malformed, said)
  }
  const cases = unreadable === null ? readCases(question) : []
  const all =
    unreadable !== null
      ? [mendAnswer(unreadable, study.labels)]
      : model.answers === 'echo'
        ? echoCases(study.labels, cases)
        : answerCases(study.classifier(), cases, seed)
  const answers = spoilPack(all, fate.pack)
  // Decoding that is held to a schema does not break the form.
  if (schema !== null) return writeStructured(answers, schema)
  const { form, format } = study
  return fate.malformed === null
    ? renderAnswers(answers, form, format)
    : spoilAnswer(fate.malformed, answers, form, format)
}

/** Up to the first stop sequence and the token limit; half of it where the fate cuts it off. */
function endAnswer(
  said: string,
  { stopSequences, maxTokens }: ModelCall,
  cutOff: boolean,
): Written {
  const stops = stopSequences
    .map((sequence) => ({ sequence, at: said.indexOf(sequence) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
  const [stop] = stops
  const stopped = stop ? said.slice(0, stop.at) : said
  const room = cutOff ? Math.floor(stopped.length / 2) : maxTokens * 4
  if (cutOff || stopped.length > room) {
    return { text: stopped.slice(0, room), stopReason: 'max_tokens', stopSequence: null }
  }
  if (stop) return { text: stopped, stopReason: 'stop_sequence', stopSequence: stop.sequence }
  return { text: stopped, stopReason: 'end_turn', stopSequence: null }
}
