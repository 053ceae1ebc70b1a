import {useLanguage, useLocalize} from '@banli/ui';
import type {CaseViewJson} from '@banli/api';

type ShownField = CaseViewJson['strands'][number]['fields'][number];

/** What was written into a form, title and value in words; nothing when nothing was. */
export function FieldPairs({fields}: {readonly fields: readonly ShownField[]}) {
  const localize = useLocalize();
  const language = useLanguage();
  if (fields.length === 0) return null;
  return (
    <dl className="app-pairs">
      {fields.map((field, index) => (
        <div key={index}>
          <dt>{localize(field.title)}</dt>
          <dd className="banli-read">{language === 'en' ? (field.valueEn ?? field.value) : field.value}</dd>
        </div>
      ))}
    </dl>
  );
}
