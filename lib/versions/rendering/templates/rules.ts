import { INST_FORM } from '@/lib/versions/rendering/inst/rules'
import { JSON_FORM } from '@/lib/versions/rendering/json/rules'
import type { PromptForm } from '@/lib/versions/rendering/parts/rules'
import type { Template } from '@/lib/versions/rendering/schema'
import { XML_FORM } from '@/lib/versions/rendering/xml/rules'

const FORMS: Record<Template, PromptForm> = { xml: XML_FORM, json: JSON_FORM, inst: INST_FORM }

export function formOf({ template }: { template: Template }): PromptForm {
  return FORMS[template]
}
