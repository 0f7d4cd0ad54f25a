import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { mayHoldPair, namesSecret } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding, quote } from '../findings';
import { cutTextAt } from './cut-texts';
import {
  type Entry,
  type HiddenKey,
  listNode,
  type MapNode,
  mapNode,
  OddNumber,
  type Place,
  positionOf,
  type Source,
  type SourceNode,
  scalarNode,
} from './source-node';

/** Deeper than any inventory; the schema itself has nine levels, a backend's configuration may add some. */
const MAX_DEPTH = 50;

/** Values after every alias is followed. A file of the largest size has fewer of its own; more come from aliases of aliases. */
const MAX_WEIGHT = 2_500_000;

/** Turns the parser's nodes into ours: aliases followed, merge keys laid in, doubles found. */
export class TreeBuilder {
  public readonly findings: InventoryFinding[] = [];
  /** Why the whole document is refused, if it is. */
  public refused: { readonly reason: Fault; readonly offset: number } | undefined;
  private readonly anchors = new Map<string, SourceNode>();
  /** Anchors that no message names. */
  private readonly secretAnchors = new Set<string>();
  /** Anchors whose value is still being built: an alias to one of them would never end. */
  private readonly open = new Set<string>();
  /** The way to the value that is being built. */
  private readonly path: (string | number)[] = [];

  public constructor(private readonly source: Source) {}

  public build(node: Node | null, fallback = 0, depth = 0): SourceNode {
    const place = this.place(node?.range?.[0] ?? fallback);
    if (node === null || this.refused !== undefined) return scalarNode(place, null);
    if (depth > MAX_DEPTH) {
      return this.refuse(
        place,
        fault('PLR1017', `The values are nested more than ${MAX_DEPTH} levels deep.`, 'Remove the needless levels.'),
      );
    }
    if (isAlias(node)) return this.follow(node, place);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.open.add(anchor);
    const built = this.buildOwn(node, place, depth);
    if (anchor !== undefined) {
      this.open.delete(anchor);
      this.anchors.set(anchor, built);
      if (this.mayBePassword(anchor) || cutTextAt(this.source.cuts, place.offset)) this.secretAnchors.add(anchor);
    }
    return this.weighed(built);
  }

  private buildOwn(node: Node, place: Place, depth: number): SourceNode {
    if (isMap(node)) return this.buildMap(node, place, depth);
    if (isSeq(node)) {
      const items = node.items.map((item, index) => this.below(index, item as Node | null, place.offset, depth));
      return listNode(place, items);
    }
    return scalarNode(place, isScalar(node) ? plainValue(node) : null);
  }

  private below(step: string | number, node: Node | null, fallback: number, depth: number): SourceNode {
    this.path.push(step);
    const built = this.build(node, fallback, depth + 1);
    this.path.pop();
    return built;
  }

  private buildMap(node: YAMLMap, place: Place, depth: number): MapNode {
    const entries = new Map<string, Entry>();
    const merges: { place: Place; sources: MapNode[] }[] = [];
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      const keyPlace = this.place(pair.key?.range?.[0] ?? place.offset);
      const key = this.keyOf(pair.key, keyPlace);
      if (key === undefined) continue;
      const value = this.below(key, pair.value, keyPlace.offset, depth);
      if (this.refused !== undefined) break;
      if (key === MERGE_KEY && isScalar(pair.key) && pair.key.type === 'PLAIN') {
        if (merges.length > 0) this.findings.push(this.double('<<', keyPlace, merges[0]?.place));
        else merges.push({ place: keyPlace, sources: this.mergeSources(value, keyPlace) });
      } else if (entries.has(key)) {
        this.findings.push(this.double(key, keyPlace, entries.get(key)?.keyPlace));
      } else {
        entries.set(key, { keyPlace, value });
      }
    }
    const hidden: HiddenKey[] = [];
    for (const { sources } of merges) layIn(entries, sources, hidden);
    return mapNode(place, entries, hidden.length > 0 ? { hidden } : {});
  }

  /** The maps that a merge key lays in; a list gives several, of which the first that has a key wins. */
  private mergeSources(value: SourceNode, place: Place): MapNode[] {
    const candidates = value.kind === 'list' ? value.items : [value];
    const maps = candidates.filter((candidate) => candidate.kind === 'map');
    if (maps.length < candidates.length) {
      const reason = fault(
        'PLR1015',
        'The merge key `<<` takes a map, or a list of maps.',
        'Give it an alias of a map: `<<: *name`.',
      );
      this.findings.push(errorAt([...this.path], reason, { place }));
    }
    return maps;
  }

  /** An alias without an anchor is not named: it may be what follows a comma in a password without quotes. */
  private follow(alias: Alias, place: Place): SourceNode {
    const name = alias.source;
    const target = this.anchors.get(name);
    if (target !== undefined && !this.open.has(name)) return target;
    const reason = this.open.has(name)
      ? fault(
          'PLR1011',
          `The alias ${this.mayBePassword(name) ? 'here' : `*${name}`} stands inside the value that it stands for.`,
          'Write the value out.',
        )
      : fault('PLR1011', 'The alias here has no anchor before it.', this.anchorsToUse());
    return this.refuse(place, reason);
  }

  private anchorsToUse(): string {
    const names = [...this.anchors.keys()].filter((name) => !this.secretAnchors.has(name));
    return names.length === 0
      ? 'Put `&name` before the value that is meant, or quotes around the text.'
      : `Use one of the anchors of the file, or put quotes around the text: ${names.slice(0, 10).join(', ')}.`;
  }

  /** A password that begins with `*` or `&` and has no quotes reads as an alias or an anchor. */
  private mayBePassword(name: string): boolean {
    return namesSecret(String(this.path.at(-1))) || mayHoldPair(name);
  }

  private keyOf(key: Node | null, place: Place): string | undefined {
    if (isScalar(key)) {
      if (key.value === null && !key.source) return '';
      return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
    }
    if (key === null) return '';
    const reason = fault(
      'PLR1014',
      'A key is a list, a map or an alias; keys of an inventory are plain texts.',
      'Write the key out as a text.',
    );
    this.findings.push(errorAt([...this.path], reason, { place }));
    return undefined;
  }

  private double(key: string, place: Place, first: Place | undefined): InventoryFinding {
    const before = first === undefined ? undefined : positionOf(first);
    const where = before === undefined ? '' : `; it stands at ${before.file}:${before.line}:${before.column} already`;
    const reason = fault(
      'PLR1010',
      `The key ${quote(key)} stands twice in one map${where}.`,
      'Remove one of the two, or give it another name: a second one would silently replace the first.',
    );
    return errorAt([...this.path, key], reason, { place });
  }

  private weighed(node: SourceNode): SourceNode {
    if (node.weight <= MAX_WEIGHT) return node;
    return this.refuse(
      node.place,
      fault(
        'PLR1012',
        `The aliases of this value unfold to more than ${MAX_WEIGHT.toLocaleString('en')} values.`,
        'Use aliases of aliases less; no inventory needs that many.',
      ),
    );
  }

  private refuse(place: Place, reason: Fault): SourceNode {
    this.refused ??= { reason, offset: place.offset };
    return scalarNode(place, null);
  }

  private place(offset: number): Place {
    return { source: this.source, offset };
  }
}

const MERGE_KEY = '<<';

/** Own keys win, then the sources in their order. What is hidden by an unequal value is remembered. */
function layIn(entries: Map<string, Entry>, sources: readonly MapNode[], hidden: HiddenKey[]): void {
  for (const source of sources) {
    for (const [key, entry] of source.entries) {
      const winner = entries.get(key);
      if (winner === undefined) entries.set(key, entry);
      else if (winner.value !== entry.value) hidden.push({ key, place: winner.keyPlace });
    }
  }
}

/** Numbers are taken only where their text says exactly what they are: every other one keeps its text. */
function plainValue({ value, source, type }: Scalar): string | number | boolean | null | OddNumber {
  if (typeof value === 'bigint' || typeof value === 'number') {
    const text = type === 'PLAIN' && source !== undefined ? source : String(value);
    const number = Number(value);
    const exact = /^(0|-?[1-9]\d*)$/.test(text) ? Number.isSafeInteger(number) : DECIMAL.test(text);
    return exact ? number : new OddNumber(text, number);
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

/** A decimal fraction without needless zeros, exponent or sign games. */
const DECIMAL = /^-?(0|[1-9]\d{0,8})\.\d{0,5}[1-9]$/;
