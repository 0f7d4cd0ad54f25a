"""Runs an `aws` command line against the strict moto, as the AWS CLI would: options are the operation's parameters."""

import shlex
import sys

import boto3
from botocore import xform_name

endpoint, text = sys.argv[1:]
program, service, operation, *options = shlex.split(text)
assert program == "aws", text
given = {}
for word in options:
    if word.startswith("--"):
        values = given.setdefault(word[2:], [])
    else:
        values.append(word)
(region,) = given.pop("region")
client = boto3.client(
    service, region_name=region, endpoint_url=endpoint, aws_access_key_id="test", aws_secret_access_key="test"
)
known = {xform_name(name).replace("_", "-"): name for name in client.meta.service_model.operation_names}
members = client.meta.service_model.operation_model(known[operation]).input_shape.members
names = {xform_name(name).replace("_", "-"): (name, shape) for name, shape in members.items()}
parameters = {}
for option, values in given.items():
    name, shape = names[option]
    parameters[name] = values if shape.type_name == "list" else values[0]
answer = getattr(client, operation.replace("-", "_"))(**parameters)
if answer.get("Unsuccessful"):
    sys.exit(str(answer["Unsuccessful"]))
