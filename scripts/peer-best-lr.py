#!/usr/bin/env python3
"""peer-best-lr.py FILE ROWS: scikit-learn's logistic regression as a peer of kith bench mastery, on the same folds.

FILE is the CSV of answers, ROWS what `kith bench mastery --rows` wrote. The features are those of "Best-LR" (Gervet et
al. 2020, JEDM 12:3): item, skills, successes and failures so far in total, on the skills and on the item, as log1p.
Prints JSON. Needs python3-sklearn (Debian); it is no part of the product.
"""
import csv, gzip, json, sys, time
from collections import defaultdict

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

file, scored = sys.argv[1:3]
opened = gzip.open(file, "rt", encoding="utf-8-sig") if file.endswith(".gz") else open(file, encoding="utf-8-sig")
by_user = defaultdict(list)
for row in csv.DictReader(opened):
    row = {k.strip().lower(): v for k, v in row.items() if k}
    skills = [s.strip() for s in row["skill"].split(";")] if row["skill"].strip() else ["item:" + row["item"]]
    by_user[row["user"].strip()].append((row["item"].strip(), skills, float(row["correct"])))

fold, ours, order = {}, [], []
for row in csv.DictReader(open(scored, encoding="utf-8")):
    fold[row["user"]] = int(row["fold"])
    ours.append(float(row["prediction"]))
    order.append(row["user"])
users = list(dict.fromkeys(order))  # the order of ours

number = defaultdict(lambda: len(number))
rows, columns, values, y, folds, who = [], [], [], [], [], []
for u, user in enumerate(users):
    total, skill, item = [0, 0], defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
    for name, skills, right in by_user[user]:
        at = len(y)

        def put(key, value):
            rows.append(at)
            columns.append(number[key])
            values.append(value)

        put(("item", name), 1)
        put("wins", np.log1p(total[1]))
        put("fails", np.log1p(total[0]))
        put("item wins", np.log1p(item[name][1]))
        put("item fails", np.log1p(item[name][0]))
        for s in skills:
            put(("skill", s), 1)
            put(("wins", s), np.log1p(skill[s][1]))
            put(("fails", s), np.log1p(skill[s][0]))
        y.append(right)
        folds.append(fold[user])
        who.append(u)
        for counts in [total, item[name], *(skill[s] for s in skills)]:
            counts[int(right)] += 1

x = csr_matrix(coo_matrix((values, (rows, columns)), shape=(len(y), len(number))))
y, folds, who, ours = np.array(y), np.array(folds), np.array(who), np.array(ours)
p, took = np.zeros(len(y)), []
for f in np.unique(folds):
    began = time.process_time()
    model = LogisticRegression(solver="lbfgs", max_iter=1000).fit(x[folds != f], y[folds != f])
    took.append(time.process_time() - began)
    p[folds == f] = model.predict_proba(x[folds == f])[:, 1]

rng = np.random.default_rng(1)
starts = np.searchsorted(who, np.arange(len(users) + 1))
leads = []
for _ in range(200):
    pick = np.concatenate([np.arange(starts[u], starts[u + 1]) for u in rng.integers(0, len(users), len(users))])
    if 0 < y[pick].mean() < 1:
        leads.append(roc_auc_score(y[pick], ours[pick]) - roc_auc_score(y[pick], p[pick]))
bins = np.minimum((p * 15).astype(int), 14)
ece = sum(abs((p - y)[bins == b].sum()) for b in range(15)) / len(y)
print(json.dumps({
    "rows": len(y), "learners": len(users), "auc": roc_auc_score(y, p), "rmse": float(np.sqrt(np.mean((p - y) ** 2))), "ece": float(ece),
    "fit_seconds": float(np.mean(took)), "prediction_leads": {"low": float(np.quantile(leads, .025)), "high": float(np.quantile(leads, .975))},
}))
