# The shop of docs/coming-from.md for users of Sidekiq. There is no SDK for Ruby: this is the REST API with net/http. Worker and client in one.
require 'json'
require 'net/http'

BASE = URI("#{ENV.fetch('MAINSTAY_URL', 'http://localhost:8080')}/v1/")
HEADERS = { 'Content-Type' => 'application/json', 'Authorization' => "Bearer #{ENV.fetch('MAINSTAY_KEY', 'none')}" }.freeze
QUEUE = 'shop-rb'.freeze

def call(method, path, body = nil, headers = {})
  uri = BASE + path
  answer = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https', read_timeout: 60) do |http|
    http.send_request(method, uri.request_uri, body && JSON.generate(body), HEADERS.merge(headers))
  end
  raise "#{method} #{path}: #{answer.code} #{answer.body}" unless answer.is_a?(Net::HTTPSuccess)

  answer.body.to_s.empty? ? nil : JSON.parse(answer.body)
end

# class WelcomeJob; include Sidekiq::Job; sidekiq_options queue: 'shop', retry: 4; def perform(to) … end; end
HANDLERS = {
  'welcome-rb' => lambda do |job|
    raise 'the mail server is busy' if job['attempt'] == 1

    "mail to #{job['payload']['to']} (attempt #{job['attempt']})"
  end,
  'report-rb' => ->(_job) { '1 signup' }
}.freeze

# One job at a time, each within its lease. An exception has the job tried again.
def work
  loop do
    wanted = { worker: 'shop-rb', queues: [QUEUE], handlers: HANDLERS.keys, lease: 'PT1M' }
    call('POST', 'leases', wanted, 'Prefer' => 'wait=20')['jobs'].each do |job|
      report = begin
        { outcome: 'success', result: HANDLERS.fetch(job['handler']).call(job) }
      rescue StandardError => e
        { outcome: 'retry', delay: 'PT0.1S', error: { type: e.class.name, message: e.message } }
      end
      call('POST', 'leases/report', { reports: [report.merge(token: job['lease']['token'])] })
    end
  end
end

%w[welcome-rb report-rb remind-rb].each { |handler| call('PUT', "handlers/#{handler}", { queue: QUEUE, maxAttempts: 5 }) }
Thread.new { work }.abort_on_exception = true

def ended(job)
  call('GET', "queues/#{QUEUE}/jobs/#{job['id']}", nil, 'Prefer' => 'wait=30')
end

# WelcomeJob.perform_async('ada@example.org'). To enqueue safely, repeat the request with the same Idempotency-Key.
job = call('POST', "queues/#{QUEUE}/jobs", { handler: 'welcome-rb', payload: { to: 'ada@example.org' } })
puts "welcome: #{ended(job)['result']}"

# RemindJob.perform_in(1.day, 'ada'), with unique_for: 1.day of Sidekiq Enterprise
reminder = { handler: 'remind-rb', payload: { who: 'ada' }, delay: 'P1D', uniqueKey: 'remind-ada' }
first = call('POST', "queues/#{QUEUE}/jobs", reminder)
second = call('POST', "queues/#{QUEUE}/jobs", reminder)
puts "reminder: #{first['state']} #{first['id'] == second['id'] ? 'one job' : 'two jobs'}"

# Sidekiq::ScheduledSet.new.find_job(jid).delete
puts "reminder: #{call('DELETE', "queues/#{QUEUE}/jobs/#{first['id']}")['state']}"

# mgr.register('30 2 * * *', 'ReportJob') of Sidekiq Enterprise
call('PUT', 'schedules/shop-report-rb', { cron: '30 2 * * *', timeZone: 'Europe/Berlin', queue: QUEUE, job: { handler: 'report-rb' } })
puts "report: #{ended(call('POST', 'schedules/shop-report-rb/trigger'))['result']}"
call('DELETE', 'schedules/shop-report-rb')
