-- What is picked comes from the example pool: dev and test are judged by a random sample alone.
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_picked_from_examples"
  CHECK (selection = 'random' OR frame = 'example');
