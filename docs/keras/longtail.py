"""Losses and metrics of tfjs-longtail in Keras 3, and its models both ways.

    import longtail

    model = longtail.load("models/mine/model.json")   # what `model.save` wrote in TensorFlow.js, compiled as there
    model.fit(xs, ys)                                 # on JAX, PyTorch or TensorFlow
    longtail.save(model, "models/mine-again")         # what `tf.loadLayersModel` reads where tfjs-longtail is imported

One file without further dependencies: copy it. Losses and metrics are registered under the names and with the
configurations that tfjs-longtail writes, so that `.keras` files hold them too. An optimizer's state does not come
along, in either direction.
"""

import inspect
import json
import os

import keras
import numpy as np
from keras import ops

register = keras.saving.register_keras_serializable("longtail")
LVIS_BOUNDS = [{"name": "rare", "maxImages": 10}, {"name": "common", "maxImages": 100}, {"name": "frequent"}]


def _frequencies(freq_info):
    """f_j of each class, and N_j where images were counted."""
    if isinstance(freq_info, dict):
        counts = freq_info.get("config", freq_info)
        images = np.asarray(counts["image_counts"], "float64")
        return images / counts["num_images"], images
    return np.asarray(freq_info, "float64"), None


def _log_priors(freq_info):
    frequencies, images = _frequencies(freq_info)
    counts = frequencies if images is None else images
    least = counts[counts > 0].min() if images is None else 1.0
    counts = np.where(counts > 0, counts, least)
    return np.log(counts / counts.sum())


def _tail_weights(frequencies, lam, threshold):
    if threshold == "step":
        return (frequencies < lam).astype("float32")
    if threshold["kind"] == "exponential":
        return np.maximum(0, 1 - (threshold["a"] * frequencies) ** threshold["n"]).astype("float32")
    a, b, c = (threshold[key] for key in "abc")
    return (1 - a * np.exp(-b * np.exp(-c * frequencies))).astype("float32")


def _labels(y_true, classes):
    """`[batch, C]` and the share of foreground `[batch, 1]`, of integers, one-hot rows or rows with background last."""
    shape = y_true.shape
    if classes == 1:
        y = ops.cast(ops.reshape(y_true, (-1, 1)), "float32")
        return y, y
    if len(shape) == 1 or shape[-1] == 1:
        y = ops.one_hot(ops.cast(ops.reshape(y_true, (-1,)), "int32"), classes + 1, dtype="float32")[:, :classes]
        return y, ops.sum(y, axis=1, keepdims=True)
    y = ops.cast(y_true[:, :classes], "float32")
    highest = ops.max(y, axis=1, keepdims=True)
    if shape[-1] == classes + 1:
        share = ops.maximum(1 - ops.cast(y_true[:, classes:], "float32"), highest)
        return y, ops.where(highest > 0, share, 0.0)
    return y, ops.minimum(1.0, ops.sum(y, axis=1, keepdims=True))


class _RowLoss(keras.losses.Loss):
    """Losses `[batch]` of labels and logits `[batch, C]`, in nats: sums over classes, never divided by C."""

    def __init__(self, name=None, reduction="sum_over_batch_size", dtype=None, ignore_label=None, **options):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        if ignore_label is not None:
            raise ValueError("Expected `ignore_label` to be None: use sample weights of 0. Received: " f"{ignore_label}")
        self.options = {**self.defaults, **options}
        unknown = set(self.options) - set(self.defaults)
        if unknown:
            raise ValueError(f"Expected options of {type(self).__name__}. Received: {', '.join(sorted(unknown))}")

    def call(self, y_true, y_pred):
        z = ops.cast(y_pred, "float32")
        y, foreground = _labels(ops.convert_to_tensor(y_true), z.shape[-1])
        return self.rows(z, y, foreground)

    def get_config(self):
        return {**super().get_config(), **self.options}


def _softmax(z, y):
    return -ops.sum(y * ops.log_softmax(z, axis=-1), axis=1)


def _bce(z, y):
    return y * ops.softplus(-z) + (1 - y) * ops.softplus(z)


@register
class SigmoidCrossEntropy(_RowLoss):
    defaults = {}

    def rows(self, z, y, foreground):
        return ops.sum(_bce(z, y), axis=1)


@register
class SoftmaxCrossEntropy(_RowLoss):
    defaults = {}

    def rows(self, z, y, foreground):
        return _softmax(z, y)


@register
class FocalLoss(_RowLoss):
    """arXiv 1708.02002, eqs. 4 and 5."""

    defaults = {"gamma": 2, "alpha": None, "activation": "sigmoid"}

    def rows(self, z, y, foreground):
        gamma, alpha = self.options["gamma"], self.options["alpha"]
        if self.options["activation"] == "softmax":
            log_p = ops.log_softmax(z, axis=-1)
            terms = y * (1 - ops.exp(log_p)) ** gamma * log_p
            return -ops.sum(terms, axis=1) * (1 if alpha is None else alpha)
        positive, negative = (1, 1) if alpha is None else (alpha, 1 - alpha)
        hit = ops.sigmoid(-z) ** gamma * ops.softplus(-z)
        miss = ops.sigmoid(z) ** gamma * ops.softplus(z)
        return ops.sum(y * positive * hit + (1 - y) * negative * miss, axis=1)


@register
class LogitAdjustedLoss(_RowLoss):
    """arXiv 2007.07314, eq. 10."""

    defaults = {"freq_info": None, "tau": 1}

    def rows(self, z, y, foreground):
        priors = self.options.get("tau", 1) * _log_priors(self.options["freq_info"])
        return _softmax(z + ops.convert_to_tensor(priors.astype("float32")), y)


@register
class BalancedSoftmaxLoss(LogitAdjustedLoss):
    """arXiv 2007.10740, eq. 4."""

    defaults = {"freq_info": None}


class _TailLoss(_RowLoss):
    def tail(self):
        lam = self.options["lambda"]
        tail = _tail_weights(_frequencies(self.options["freq_info"])[0], lam, self.options["threshold"])
        return ops.convert_to_tensor(tail)


@register
class EqualizationLoss(_TailLoss):
    """arXiv 2003.05176, eqs. 6 and 7; γ stands for β, as its mean does in evaluation. Takes logits."""

    defaults = {
        "lambda": None, "freq_info": None, "threshold": "step", "gamma": 1, "seed": 0,
        "from_logits": True, "require_background": True,
    }

    def rows(self, z, y, foreground):
        if not self.options["from_logits"]:
            z = ops.log(z) - ops.log1p(-z)
        weights = 1 - foreground * self.options["gamma"] * self.tail() * (1 - y)
        return ops.sum(weights * _bce(z, y), axis=1)


@register
class SoftmaxEqualizationLoss(_TailLoss):
    """arXiv 2003.05176, eqs. 9 to 11. Draws β while training; in `evaluate` too, as Keras does not tell losses which."""

    defaults = {"lambda": None, "freq_info": None, "threshold": "step", "gamma": 0.9, "seed": 0}

    def __init__(self, **options):
        super().__init__(**options)
        self.draws = keras.random.SeedGenerator(self.options["seed"] % 2**31)

    def rows(self, z, y, foreground):
        gamma = self.options["gamma"]
        if gamma in (0, 1):
            beta = gamma
        else:
            beta = ops.cast(keras.random.uniform(ops.shape(z), seed=self.draws) < gamma, "float32")
        weights = 1 - beta * self.tail() * (1 - y)
        # Left out of the denominator; a row that holds no class has a loss of 0.
        kept = ops.where(weights > 0, z + ops.log(ops.maximum(weights, 1e-30)), -1e30)
        return -ops.sum(y * (z - ops.logsumexp(kept, axis=1, keepdims=True)), axis=1)


class _HitMetric(keras.metrics.Metric):
    """Hits and samples of each class over a whole pass, `[C]`; background does not count."""

    def __init__(self, name=None, dtype=None, from_logits=None, ignore_label=None):
        super().__init__(name=name, dtype=dtype)
        self.given = {key: value for key, value in [("from_logits", from_logits), ("ignore_label", ignore_label)]
                      if value is not None}
        self.hits = None

    def update_state(self, y_true, y_pred, sample_weight=None):
        classes = y_pred.shape[-1]
        if self.hits is None:
            self.hits, self.support = (self.add_variable((classes,), "zeros", name=n) for n in ("hits", "support"))
        y, foreground = _labels(ops.convert_to_tensor(y_true), classes)
        # The class that a sample holds: its highest label; none of background.
        actual = ops.one_hot(ops.argmax(y, axis=1), classes) * ops.cast(ops.max(y, axis=1, keepdims=True) > 0, "float32")
        actual = actual * ops.cast(foreground > 0, "float32")
        predicted = ops.one_hot(ops.argmax(y_pred, axis=1), classes)
        self.hits.assign_add(ops.sum(actual * predicted, axis=0))
        self.support.assign_add(ops.sum(actual, axis=0))

    def get_config(self):
        return {"name": self.name, **self.given}


@register
class BalancedAccuracy(_HitMetric):
    """Mean recall of the classes that occur."""

    def __init__(self, name="balanced_accuracy", **options):
        super().__init__(name=name, **options)

    def result(self):
        if self.hits is None:
            return ops.convert_to_tensor(0.0)
        occurs = ops.cast(self.support > 0, "float32")
        return ops.sum(self.hits / ops.maximum(self.support, 1.0)) / ops.maximum(ops.sum(occurs), 1.0)


def _members(group, freq_info, bounds):
    """1 for the classes of the group, 0 for others, `[C]`."""
    frequencies, images = _frequencies(freq_info)
    if any("maxQuantile" in bound for bound in bounds):
        raise ValueError(f"Expected `bounds` by images or frequency. Received: {bounds}")
    by_images = any("maxImages" in bound for bound in bounds)
    if by_images and images is None:
        raise ValueError(f"Expected `freq_info` to hold image counts. Received: {freq_info}")
    key, amounts = ("maxImages", images) if by_images else ("maxFrequency", frequencies)
    tops = np.array([bound.get(key, np.inf) for bound in bounds])
    return np.array([bounds[int(np.argmax(amount <= tops))]["name"] == group for amount in amounts], "float32")


@register
class GroupAccuracy(_HitMetric):
    """Accuracy over the samples of one frequency group's classes; bounds by count, LVIS's unless given."""

    def __init__(self, group, freq_info, bounds=None, name=None, **options):
        super().__init__(name=name or f"{group}_accuracy", **options)
        self.group, self.freq_info, self.bounds = group, freq_info, bounds
        self.mask = _members(group, freq_info, bounds or LVIS_BOUNDS)

    def result(self):
        if self.hits is None:
            return ops.convert_to_tensor(0.0)
        mask = ops.convert_to_tensor(self.mask)
        return ops.sum(self.hits * mask) / ops.sum(self.support * mask)

    def get_config(self):
        return {**super().get_config(), "group": self.group, "freq_info": self.freq_info, "bounds": self.bounds}


def save(model, folder):
    """Writes model.json and weights.bin. The topology is Keras 3's own, which tfjs-longtail reads."""
    os.makedirs(folder, exist_ok=True)
    entries = [(name, np.asarray(weight, "float32")) for name, weight in _named_weights(model)]
    manifest = [{
        "paths": ["weights.bin"],
        "weights": [{"name": name, "shape": list(value.shape), "dtype": "float32"} for name, value in entries],
    }]
    with open(os.path.join(folder, "weights.bin"), "wb") as out:
        out.write(b"".join(value.astype("<f4").tobytes() for _, value in entries))
    artifacts = {
        "format": "layers-model",
        "generatedBy": f"keras v{keras.__version__}",
        "convertedBy": "longtail.py",
        "modelTopology": {"keras_version": keras.__version__, "model_config": json.loads(model.to_json())},
        "weightsManifest": manifest,
    }
    with open(os.path.join(folder, "model.json"), "w") as out:
        json.dump(artifacts, out, indent=1)


def load(path):
    """A model that `model.save` wrote in TensorFlow.js, with its weights, and compiled as it was."""
    with open(path) as file:
        artifacts = json.load(file)
    topology = artifacts["modelTopology"]
    model = _model(topology.get("model_config", topology))
    weights = _read_weights(artifacts["weightsManifest"], os.path.dirname(path))
    for name, weight in _named_weights(model, assign=True):
        weight.assign(weights[name])
    compiled = (artifacts.get("userDefinedMetadata") or {}).get("tfjs-longtail") or artifacts.get("trainingConfig")
    if compiled:
        model.compile(**_compiled(compiled))
    return model


def _named_weights(model, assign=False):
    """Weights by TensorFlow.js's names: layer/weight."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            raise ValueError(f"Expected a model of layers. Received a model inside of it: {layer.name}")
        for weight in layer.weights:
            if "seed" in weight.path.rsplit("/", 1)[-1]:
                continue
            own = weight.path.rsplit("/", 1)[-1]
            is_depthwise = type(layer) is keras.layers.DepthwiseConv2D and own == "kernel"
            yield f"{layer.name}/{'depthwise_kernel' if is_depthwise else own}", weight if assign else weight.numpy()


def _read_weights(manifest, folder):
    found = {}
    for group in manifest:
        data = b"".join(open(os.path.join(folder, path), "rb").read() for path in group["paths"])
        at = 0
        for spec in group["weights"]:
            kind = {"float32": "<f4", "int32": "<i4", "bool": "?"}[spec["dtype"]]
            count = int(np.prod(spec["shape"], dtype="int64"))
            found[spec["name"]] = np.frombuffer(data, kind, count, at).reshape(spec["shape"])
            at += count * np.dtype(kind).itemsize
    return found


def _layer(entry):
    cls = getattr(keras.layers, entry["class_name"])
    config = dict(entry["config"])
    shape = config.pop("batch_input_shape", None)
    if cls is keras.layers.InputLayer:
        return cls(batch_shape=shape, name=config["name"], dtype=config.get("dtype", "float32"))
    if cls is keras.layers.LeakyReLU and "alpha" in config:
        config["negative_slope"] = config.pop("alpha")
    known = {name for base in cls.__mro__ if base is not object for name in inspect.signature(base.__init__).parameters}
    own = {key: _argument(value) for key, value in config.items() if key in known or key in ("name", "trainable")}
    return cls(**own)


def _argument(value):
    if not (isinstance(value, dict) and "class_name" in value):
        return value
    config = dict(value["config"])
    if value["class_name"] == "VarianceScaling":
        config["mode"] = {"fanIn": "fan_in", "fanOut": "fan_out", "fanAvg": "fan_avg"}.get(config["mode"], config["mode"])
        config["distribution"] = {"normal": "truncated_normal"}.get(config["distribution"], config["distribution"])
    return {"class_name": value["class_name"], "config": config}


def _model(topology):
    config = topology["config"]
    entries = config if isinstance(config, list) else config["layers"]
    if topology["class_name"] == "Sequential":
        shape = entries[0]["config"].get("batch_input_shape")
        layers = [_layer(entry) for entry in entries]
        if not isinstance(layers[0], keras.layers.InputLayer):
            layers.insert(0, keras.Input(batch_shape=shape))
        return keras.Sequential(layers, name=None if isinstance(config, list) else config["name"])
    tensors = {}
    for entry in entries:
        layer = _layer(entry)
        outputs = [layer.output] if not entry["inbound_nodes"] else []
        for node in entry["inbound_nodes"]:
            inputs = [tensors[name][at] for name, at, *_ in node]
            outputs.append(layer(inputs if len(inputs) > 1 else inputs[0]))
        tensors[entry["name"]] = outputs
    ends = [[tensors[name][at] for name, at, *_ in config[key]] for key in ("input_layers", "output_layers")]
    inputs, outputs = (end if len(end) > 1 else end[0] for end in ends)
    return keras.Model(inputs, outputs, name=config["name"])


def _compiled(config):
    objects = {}

    def restored(entry):
        """A loss or metric; what occurs again is written as a reference."""
        if isinstance(entry, list):
            return [restored(one) for one in entry]
        if not isinstance(entry, dict):
            return entry
        if "class_name" not in entry:
            return {key: restored(one) for key, one in entry.items()}
        mark = entry.get("longtail_id")
        if "config" not in entry:
            return objects[mark]
        made = keras.saving.get_registered_object(entry["class_name"])(**_plain(entry["config"]))
        objects[mark] = made
        return made

    def _plain(value):
        if isinstance(value, list):
            return [_plain(one) for one in value]
        if not isinstance(value, dict):
            return value
        if "longtail_id" in value:
            if "config" in value:
                objects[value["longtail_id"]] = {key: one for key, one in value.items() if key != "longtail_id"}
            return objects[value["longtail_id"]]
        return {key: _plain(one) for key, one in value.items()}

    optimizer = config["optimizer_config"]
    name, options = optimizer["class_name"], optimizer["config"]
    names = {"learningRate": "learning_rate", "beta1": "beta_1", "beta2": "beta_2", "useNesterov": "nesterov",
             "initialAccumulatorValue": "initial_accumulator_value", "decay": "rho"}
    options = {names.get(key, key): value for key, value in options.items() if value is not None}
    made = getattr(keras.optimizers, {"Momentum": "SGD", "RMSProp": "RMSprop"}.get(name, name))(**options)
    return {"optimizer": made, "loss": restored(config["loss"]), "metrics": restored(config.get("metrics")) or None}
