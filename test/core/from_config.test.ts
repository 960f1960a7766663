import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  AsymmetricLoss,
  BalancedAccuracy,
  BalancedSoftmaxLoss,
  BinaryAccuracy,
  BinaryBalancedAccuracy,
  ClassBalancedLoss,
  ClassDependentTemperatureLoss,
  ClassFrequency,
  EqualizationLoss,
  EqualizationLossV2,
  FocalLoss,
  ForegroundAccuracy,
  GroupAccuracy,
  LabelAwareSmoothingLoss,
  LDAMLoss,
  LogitAdjustedLoss,
  SeesawLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
} from '../../src';
import * as losses from '../../src/losses';
import * as metrics from '../../src/metrics';

const freqInfo = new ClassFrequency({imageCounts: [900, 60, 5], numImages: 1000});
const saved = (object: {getConfig(): object}) => JSON.parse(JSON.stringify(object.getConfig()));

// `npm run typecheck` compiles this file: each value has the type that is declared for it.
const asymmetric: AsymmetricLoss = AsymmetricLoss.fromConfig(AsymmetricLoss, saved(new AsymmetricLoss()));
const balanced: BalancedSoftmaxLoss = BalancedSoftmaxLoss.fromConfig(
  BalancedSoftmaxLoss,
  saved(new BalancedSoftmaxLoss({freqInfo})),
);
const classBalanced: ClassBalancedLoss = ClassBalancedLoss.fromConfig(
  ClassBalancedLoss,
  saved(new ClassBalancedLoss({freqInfo})),
);
const temperature: ClassDependentTemperatureLoss = ClassDependentTemperatureLoss.fromConfig(
  ClassDependentTemperatureLoss,
  saved(new ClassDependentTemperatureLoss({freqInfo, gamma: 0.3})),
);
const eql: EqualizationLoss = EqualizationLoss.fromConfig(
  EqualizationLoss,
  saved(new EqualizationLoss({lambda: 0.01, freqInfo})),
);
const eqlV2: EqualizationLossV2 = EqualizationLossV2.fromConfig(
  EqualizationLossV2,
  saved(new EqualizationLossV2({numClasses: 3})),
);
const focal: FocalLoss = FocalLoss.fromConfig(FocalLoss, saved(new FocalLoss()));
const smoothing: LabelAwareSmoothingLoss = LabelAwareSmoothingLoss.fromConfig(
  LabelAwareSmoothingLoss,
  saved(new LabelAwareSmoothingLoss({freqInfo, smoothHead: 0.3, smoothTail: 0})),
);
const ldam: LDAMLoss = LDAMLoss.fromConfig(LDAMLoss, saved(new LDAMLoss({freqInfo})));
const adjusted: LogitAdjustedLoss = LogitAdjustedLoss.fromConfig(
  LogitAdjustedLoss,
  saved(new LogitAdjustedLoss({freqInfo})),
);
const seesaw: SeesawLoss = SeesawLoss.fromConfig(SeesawLoss, saved(new SeesawLoss({numClasses: 3})));
const sigmoid: SigmoidCrossEntropy = new SigmoidCrossEntropy();
const softmax: SoftmaxCrossEntropy = new SoftmaxCrossEntropy();
const softmaxEql: SoftmaxEqualizationLoss = SoftmaxEqualizationLoss.fromConfig(
  SoftmaxEqualizationLoss,
  saved(new SoftmaxEqualizationLoss({lambda: 0.01, freqInfo})),
);
const balancedAccuracy: BalancedAccuracy = BalancedAccuracy.fromConfig(BalancedAccuracy, {});
const binary: BinaryAccuracy = BinaryAccuracy.fromConfig(BinaryAccuracy, {});
const binaryBalanced: BinaryBalancedAccuracy = BinaryBalancedAccuracy.fromConfig(BinaryBalancedAccuracy, {});
const foreground: ForegroundAccuracy = ForegroundAccuracy.fromConfig(ForegroundAccuracy, {});
const group: GroupAccuracy = GroupAccuracy.fromConfig(
  GroupAccuracy,
  saved(new GroupAccuracy({group: 'rare', freqInfo})),
);

test('fromConfig returns an instance of the class, typed as one', (t) => {
  const made = {
    asymmetric,
    balanced,
    classBalanced,
    temperature,
    eql,
    eqlV2,
    focal,
    smoothing,
    ldam,
    adjusted,
  };
  const others = {seesaw, sigmoid, softmax, softmaxEql, balancedAccuracy, binary, binaryBalanced, foreground};
  const names = Object.values({...made, ...others, group}).map((object) => object.getClassName());
  const known = [...Object.values(losses), ...Object.values(metrics)].filter((cls) =>
    Object.hasOwn(cls, 'className'),
  );
  for (const name of names) t.true(known.some((cls) => cls.name === name));
  t.is(eql.lambda, 0.01);
  t.is(group.group, 'rare');
});

test('called on a subclass, it returns the subclass', (t) => {
  class Noted extends EqualizationLoss {
    static override readonly className = 'Noted';
    readonly note = 'mine';
  }
  const noted: Noted = EqualizationLoss.fromConfig(Noted, saved(eql));
  t.true(noted instanceof Noted);
  t.is(noted.note, 'mine');
  const inherited: Noted = Noted.fromConfig(Noted, saved(eql));
  t.is(inherited.note, 'mine');
  class Named extends BalancedAccuracy {
    static override readonly className = 'Named';
    readonly note = 'mine';
  }
  t.is(BalancedAccuracy.fromConfig(Named, {name: 'mine'}).note, 'mine');
});

test('types reject a class other than the requested one', (t) => {
  // @ts-expect-error: it is an EqualizationLoss
  const other: SeesawLoss = EqualizationLoss.fromConfig(EqualizationLoss, saved(eql));
  t.false((other as unknown) instanceof SeesawLoss);
  // @ts-expect-error: an EqualizationLoss has no such property
  t.is(EqualizationLoss.fromConfig(EqualizationLoss, saved(eql)).numClasses, undefined);
});

test("tfjs's own type of serializable classes accepts losses and metrics", (t) => {
  const loss: tf.serialization.SerializableConstructor<EqualizationLoss> = EqualizationLoss;
  const metric: tf.serialization.SerializableConstructor<GroupAccuracy> = GroupAccuracy;
  t.is(loss.fromConfig(loss, saved(eql)).lambda, 0.01);
  t.is(metric.fromConfig(metric, saved(group)).group, 'rare');
  t.notThrows(() => tf.serialization.registerClass(FocalLoss, 'typed', 'TypedFocal'));
});
