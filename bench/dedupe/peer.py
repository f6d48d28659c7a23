"""Splink on the same rows as `bonafide link`, with the settings of the recipe: six blocking rules, Jaro-Winkler and
term frequencies on names, Damerau-Levenshtein on the date of birth. Prints seconds and cluster figures.

    python peer.py people.csv      # needs: pip install splink
"""
import sys
import time
from collections import Counter

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

path = sys.argv[1]
con = duckdb.connect()
con.execute("SET threads=2")
con.execute(f"""CREATE TABLE people AS SELECT id AS unique_id, nullif(first_name,'') first_name, nullif(last_name,'') last_name,
    nullif(dob,'') dob, nullif(postcode,'') postcode, nullif(phone,'') phone, nullif(email,'') email, person,
    substr(dob,1,4) AS year FROM read_csv('{path}', all_varchar=true)""")
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="unique_id",
    blocking_rules_to_generate_predictions=[
        block_on("phone"), block_on("email"), block_on("first_name", "dob"), block_on("last_name", "dob"),
        block_on("last_name", "postcode"), block_on("first_name", "last_name", "year")],
    comparisons=[
        cl.JaroWinklerAtThresholds("first_name", [0.9, 0.7]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("last_name", [0.9, 0.7]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("dob", [1]),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        cl.ExactMatch("phone"), cl.ExactMatch("email")],
)
api = DuckDBAPI(connection=con)
start = time.time()
try:
    linker = Linker(api.register("people"), settings)  # Splink 5
except (AttributeError, TypeError):
    linker = Linker("people", settings, api)  # Splink 4
linker.training.estimate_probability_two_random_records_match(
    [block_on("first_name", "last_name", "dob"), block_on("email")], recall=0.8)
linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "last_name"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob", "postcode"))
trained = time.time()
pairs = linker.inference.predict(threshold_match_probability=0.5)
scored = time.time()
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.95)
done = time.time()
rows = con.execute(f"SELECT cluster_id, person FROM {clusters.physical_name}").fetchall()


def count(keys):
    return sum(n * (n - 1) // 2 for n in Counter(keys).values())


tp, said, true = count(rows), count(r[0] for r in rows), count(r[1] for r in rows)
p, r = tp / said, tp / true
print(f"Splink: train {trained - start:.1f} s, predict {scored - trained:.1f} s, cluster {done - scored:.1f} s, "
      f"total {done - start:.1f} s; cluster P {p:.4f} R {r:.4f} F1 {2 * p * r / (p + r):.4f}")
