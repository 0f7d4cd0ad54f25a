import { OWN_TAG_COUNT, TAG_RULES } from '../../inventory';
import { limitValue } from '../../limits';
import type { ModuleValidation } from '../definition';
import { firstProblem, matches, noProblems, shown } from '../problems';

/** Keys of this prefix are ours. */
const OWN_PREFIX = 'privatelink-router:';

/** Tags by the rules of AWS, as the inventory's check has them. */
export function tagValidations(): readonly ModuleValidation[] {
  const rules = TAG_RULES.aws;
  const [keyLength, valueLength] = [limitValue(rules.keyLength, {}), limitValue(rules.valueLength, {})];
  const most = limitValue(rules.count, {}) - OWN_TAG_COUNT;
  const key = `tags has the key \${${shown('key')}}`;
  const value = `tags[\${${shown('key')}}] is \${${shown('value')}}`;
  const reserved = rules.reserved.map((prefix) => ({
    when: `startswith(lower(key), "${prefix}")`,
    say: `${key}; AWS keeps keys that begin with ${prefix} for itself. Choose another key.`,
  }));
  return [
    {
      condition: `length(var.tags) <= ${most}`,
      message: `There are \${length(var.tags)} tags; with the ${OWN_TAG_COUNT} of the router itself at most ${most} are allowed. Remove some.`,
    },
    noProblems(
      `[for key, value in var.tags : ${firstProblem([
        { when: 'trimspace(key) == ""', say: 'tags has an empty key. Write a key, or remove the tag.' },
        {
          when: `startswith(lower(key), "${OWN_PREFIX}")`,
          say: `${key}; keys that begin with ${OWN_PREFIX} are the router's own. Choose another key.`,
        },
        ...reserved,
        {
          when: `length(key) > ${keyLength}`,
          say: `${key} of \${length(key)} characters; AWS allows at most ${keyLength}. Shorten it.`,
        },
        {
          when: matches(rules.key.odd, 'key'),
          say: `${key}, with characters that AWS does not take: ${rules.key.allowed}. Remove them.`,
        },
        { when: 'value == null', say: `tags[\${${shown('key')}}] is null. Write a value, or remove the tag.` },
        {
          when: `length(value) > ${valueLength}`,
          say: `tags[\${${shown('key')}}] has \${length(value)} characters; AWS allows at most ${valueLength}. Shorten it.`,
        },
        {
          when: matches(rules.value.odd, 'value'),
          say: `${value}, with characters that AWS does not take: ${rules.value.allowed}. Remove them.`,
        },
      ])}]`,
    ),
  ];
}
